"""Fields that lie encrypted under their row's person's key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import boxes, keyring

ERASED = _("已按本人要求删除")  # what stands where words were, once their author asked for it
M = TypeVar("M", bound=models.Model)


class Box(bytes):
    """Ciphertext as it lies in the table; what `.values()` gives. Empty: its person was erased."""


GONE = Box()


class Rows(models.QuerySet[M]):
    """Rows with private fields: those read together fetch their keys together, when the first is opened.

    `objects: ClassVar[Rows["Voice"]] = Rows.manager()`"""

    @classmethod
    def manager(cls) -> Any:
        """The manager of a model; what it gives is rows, and so it is declared as them."""
        return cls.as_manager()

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh:
            peers = [row for row in self._result_cache or () if isinstance(row, models.Model)]
            for row in peers:
                row.__dict__["_peers"] = peers


class _Access:
    """Opens the box when the attribute is read. The box stays as it is, so that saving a row that was only
    read writes the same bytes again."""

    def __init__(self, field: Private) -> None:
        self.field, self.opened = field, f"_{field.attname}_opened"

    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        value = row.__dict__[self.field.attname]
        if not isinstance(value, Box):
            return value or ""
        if self.opened not in row.__dict__:
            row.__dict__[self.opened] = self.field.open(row, value)
        return row.__dict__[self.opened]

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__.pop(self.opened, None)
        row.__dict__[self.field.attname] = value


class Private(models.BinaryField):  # type: ignore[type-arg]  # its stub is generic, the class is not
    """Text encrypted under the key of `row.person`, bound to table, column and `row.code`: a cell moved
    elsewhere won't open.

    It can be saved only through its row, and not be searched; look values up by `keyring.blind`."""

    def about(self, row: Any) -> bytes:
        return f"{self.model._meta.db_table}|{self.column}|{row.code}".encode()

    def open(self, row: Any, box: Box) -> str:
        """The text in a box of this row; the words for what was erased."""
        key = _key(row) if box else None
        if key is None:
            return str(ERASED)
        return boxes.opened(key, box, self.about(row)).decode()

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
        key = None if add and "_key" not in model_instance.__dict__ else _key(model_instance)
        if key is None:  # a new row goes by the keyring itself, lest its key be swept meanwhile
            key = draw_key(model_instance)
        return Box(boxes.shut(key, value.encode(), self.about(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Box):
            raise TypeError(f"{self.name} is private: save it through its row")
        return super().get_db_prep_value(value, connection, prepared)


def _key(row: Any) -> bytes | None:
    if "_key" not in row.__dict__:
        with_keys([row, *(peer for peer in row.__dict__.get("_peers", ()) if "_key" not in peer.__dict__)])
    key: bytes | None = row.__dict__["_key"]
    return key


def with_keys(rows: Iterable[M]) -> list[M]:
    """The rows with their keys at hand, in one query: for rows that came by way of others (`select_related`).
    Rows of one query find each other by themselves."""
    found: list[Any] = list(rows)
    held = keyring.keys(row.person for row in found)
    for row in found:
        row.__dict__["_key"] = held.get(row.person)
    return found


def draw_key(row: Any) -> bytes:
    """Draw the key of a row's person; it commits by itself, before the row. `keyring.Erased` if this person
    was erased. The first saving of a row does this by itself."""
    key = row.__dict__["_key"] = keyring.new(row.person)
    return key


def masked(phone: str) -> str:
    """138 **** 5678: enough to know that it is there, not to call it."""
    digits = "".join(ch for ch in phone if ch.isdigit())
    if not digits:
        return ""
    return f"{digits[:3]} **** {digits[-4:]}" if len(digits) >= 11 else f"{digits[:2]}****"
