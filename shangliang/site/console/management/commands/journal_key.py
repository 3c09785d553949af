"""`manage.py journal_key`: the key pair that signs the journal's checkpoints."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shangliang.base.journal import notes


class Command(BaseCommand):
    help = (
        "Make a key pair for the journal's checkpoints and print its public half, to be announced. "
        "A file that exists is never overwritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="where the private half goes; JOURNAL_KEY_FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        said = options["file"] or settings.JOURNAL_KEY_FILE
        if not said:
            raise CommandError("Name the file: the demonstration's key is public and needs none.")
        path, private = Path(said), Ed25519PrivateKey.generate()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        except OSError as fault:
            raise CommandError(
                f"{fault}. To change the key, name a new file, then set JOURNAL_KEY_FILE."
            ) from fault
        self.stdout.write(notes.key_of(private, settings.JOURNAL_NAME).line())
