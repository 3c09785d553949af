"""Filters of the queue that somebody saves for themselves. Nothing happens to any voice by it, and nobody
else sees them: no act."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base.people.actor import Actor

from ..models import SavedFilter
from ..queries import desk
from .parts import measured


@transaction.atomic
def save_filter(*, by: Actor, name: str, query: str) -> SavedFilter:
    """Keep a filter, as the queue's address says it, under a name of one's own; the same name once more keeps
    the new one. ValidationError for the 21st."""
    name, held = _named(name), {row.name: row for row in desk.saved_filters(by)}
    if len(query) > 500:
        raise ValidationError({"name": _("筛选太长，存不下。")})
    if name not in held and len(held) >= desk.FILTERS:
        raise ValidationError({"name": _("最多存 %(most)s 个。先删掉不用的。") % {"most": desk.FILTERS}})
    row = held.get(name) or SavedFilter(holder=by.key, name=name)
    row.query = query
    row.save()
    return row


@transaction.atomic
def rename_filter(code: str, *, by: Actor, name: str) -> SavedFilter:
    row, name = desk.saved_filter(code, by), _named(name)
    if desk.saved_filters(by).filter(name=name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _("您已经有一个叫这个名字了。")})
    row.name = name
    row.save(update_fields=["name"])
    return row


@transaction.atomic
def delete_filter(code: str, *, by: Actor) -> None:
    desk.saved_filter(code, by).delete()


def _named(name: str) -> str:
    return measured(name, field="name", least=1, most=20, missing=_("起个名字。"))
