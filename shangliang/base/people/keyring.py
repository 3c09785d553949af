"""Keys of residents' personal fields: one a person, AES-256-GCM, wrapped by the master key, in a second
database.

A key commits at once, on its own connection, before the row that uses it: a crash between leaves a key
without a row, which is harmless; a row without a key can come about only by erasure. Back up the main
database first, the keyring after it."""

import hashlib
import hmac
import os
from collections.abc import Iterable
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


class Router:
    """The keyring's one table lives alone in its database."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return "keyring" if model._meta.model_name == "personkey" else "default"

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        return (db == "keyring") == (model_name == "personkey")


def _master() -> AESGCM:
    return AESGCM(hashlib.sha256(settings.MASTER_KEY.encode()).digest())


def new(person: str) -> bytes:
    """Draw and keep the key of this pseudonym, before the row that needs it. The same person keeps the
    same key."""
    from .models import PersonKey

    held = keys([person])
    if person in held:
        return held[person]
    key, nonce = AESGCM.generate_key(256), os.urandom(12)
    box = nonce + _master().encrypt(nonce, key, person.encode())
    PersonKey.objects.create(person=person, box=box)
    return key


def keys(people: Iterable[str]) -> dict[str, bytes]:
    """The keys of these pseudonyms, in one query; an erased person has none."""
    from .models import PersonKey

    found = PersonKey.objects.filter(person__in=set(people)).values_list("person", "box")
    return {person: _open(person, bytes(box)) for person, box in found}


def _open(person: str, box: bytes) -> bytes:
    return _master().decrypt(box[:12], box[12:], person.encode())


def blind(column: str, value: str) -> str:
    """A keyed digest to look a value up by, when the value itself lies encrypted. Normalise the value
    first."""
    return hmac.new(settings.INDEX_KEY.encode(), f"{column}\0{value}".encode(), hashlib.sha256).hexdigest()
