"""One row for each thing that can be found; triggers and an index of the database keep step (0002_words)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Field = models.Field[list[str], list[str]]
else:
    Field = models.Field  # not subscriptable when it runs


class Tokens(Field):
    """Words without order: text for FTS5, on PostgreSQL a tsvector without positions. Written, never read."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return list(value) if connection.vendor == "postgresql" else " ".join(value)

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "array_to_tsvector(%s::text[])" if connection.vendor == "postgresql" else "%s"


class Entry(models.Model):
    """What the index holds of one thing."""

    kind = models.CharField(max_length=32)
    item = models.BigIntegerField()
    tokens = Tokens()

    class Meta:
        verbose_name = "查找条目"
        constraints = [models.UniqueConstraint(fields=["kind", "item"], name="search_entry_once")]
