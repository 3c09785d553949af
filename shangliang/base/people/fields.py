"""A field that lies encrypted under its row's person's key."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from . import keyring

ERASED = ""  # what a field shows once its person's key is destroyed
M = TypeVar("M", bound=models.Model)


class Box(bytes):
    """Ciphertext as it lies in the table; what `.values()` gives."""


class _Access:
    """Opens the box when the attribute is read; the key is fetched once a row."""

    def __init__(self, field: Private) -> None:
        self.field = field

    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        value = row.__dict__[self.field.attname]
        if isinstance(value, Box):
            key = _key(row)
            value = (
                ERASED
                if key is None
                else AESGCM(key).decrypt(value[:12], value[12:], self.field.about(row)).decode()
            )
            row.__dict__[self.field.attname] = value
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class Private(models.BinaryField):  # type: ignore[type-arg]  # its stub is generic, the class is not
    """Text encrypted under the key of `row.person`, bound to table, column and `row.code`: a cell moved
    elsewhere won't open.

    It can be saved only through its row, and not be searched; look values up by `keyring.blind`."""

    def about(self, row: Any) -> bytes:
        return f"{self.model._meta.db_table}|{self.column}|{row.code}".encode()

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Access(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Box | None:
        return None if value is None else Box(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Box):
            return value
        if value == "":
            return None
        key = _key(model_instance)
        if key is None:
            raise RuntimeError("No key: draw it with keyring.new before the row, or this person was erased.")
        nonce = os.urandom(12)
        return Box(nonce + AESGCM(key).encrypt(nonce, value.encode(), self.about(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Box):
            raise TypeError(f"{self.name} is private: save it through its row")
        return super().get_db_prep_value(value, connection, prepared)


def _key(row: Any) -> bytes | None:
    if not hasattr(row, "_key"):
        row._key = keyring.keys([row.person]).get(row.person)
    key: bytes | None = row._key
    return key


def with_keys(rows: Iterable[M]) -> list[M]:
    """The rows with their keys at hand: one query for a page instead of one a row."""
    found: list[Any] = list(rows)
    held = keyring.keys(row.person for row in found)
    for row in found:
        row._key = held.get(row.person)
    return found


def masked(phone: str) -> str:
    """138 **** 5678: enough to know that it is there, not to call it."""
    digits = "".join(ch for ch in phone if ch.isdigit())
    if not digits:
        return ""
    return f"{digits[:3]} **** {digits[-4:]}" if len(digits) >= 11 else f"{digits[:2]}****"
