"""Signed notes (c2sp.org/signed-note): a text, a blank line, and who signed it with Ed25519. Tables know none
of this; outsiders' tools do."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"  # the kind of signature, as the format numbers it
DASH = "\u2014 "


@dataclass(frozen=True)
class Key:
    """The public half of a key. `name` is the journal's own; keys of one name differ in `id`."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    def line(self) -> str:
        """As it is published: "name+id+base64"."""
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.raw).decode()}"

    def signed(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


def key_of(private: Ed25519PrivateKey, name: str) -> Key:
    """ValueError for a name that the format can't carry."""
    if not name or "+" in name or name.split() != [name]:
        raise ValueError(f"A journal can't be called {name!r}: no blanks, no plus sign.")
    return Key(name, private.public_key().public_bytes_raw())


def read_key(line: str) -> Key:
    """The key of a published line; ValueError if it is none, or its id is not its own."""
    name, told, said = line.strip().split("+", 2)
    key = Key(name, b64decode(said, validate=True)[1:])
    if line.strip() != key.line() or len(key.raw) != 32:
        raise ValueError(f"This is no published key: {told}")
    return key


def sign(text: str, key: Key, private: Ed25519PrivateKey) -> str:
    """The note: `text`, which ends in a newline, and one signature."""
    signature = b64encode(key.id + private.sign(text.encode())).decode()
    return f"{text}\n{DASH}{key.name} {signature}\n"


def opened(note: str, keys: Iterable[Key]) -> tuple[str, Key]:
    """The text and the key that signed it. ValueError: by none of these, or a signature that is not true.

    Signatures of others (witnesses) may stand beside it; they are not looked at.
    """
    text, blank, signatures = note.rpartition("\n\n")
    known = {(key.name, key.id): key for key in keys}
    for line in signatures.splitlines():
        dash, name, said = line[:2], *line[2:].split(" ", 1)
        signature = b64decode(said, validate=True)
        key = known.get((name, signature[:4]))
        if not blank or dash != DASH or key is None:
            continue
        if key.signed(f"{text}\n", signature[4:]):
            return f"{text}\n", key
        raise ValueError(f"The signature of {name} is not true.")
    raise ValueError("No known key has signed this.")
