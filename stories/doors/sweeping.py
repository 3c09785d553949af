"""Marks laid down in every text field of every table, and every page read for what became of them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from markupsafe import Markup

from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import Private

from ..who_may.scene import looked, read_only
from . import marks, rounds, telling
from .more import MORE

# Text that nobody writes: the house's own names, states, digests, addresses.
OURS = {
    "code", "key", "thread", "path", "subject", "by", "person", "appeal_above", "author_key",
    "participant", "digest",
    "state", "password", "username", "online", "review", "kind", "level", "role", "act", "rule", "tariff",
    "metric", "unit", "committee", "studio", "department", "location", "who", "member", "raised_by",
    "answered_by", "drafted_by", "recorded_by", "reviewed_by", "linked_by", "reported_by", "used_by", "duty",
    "leader", "successor", "number", "receiver", "channel", "seat", "reader", "language",
    "keeper", "handed_by", "holder", "proposed_by", "looked_by", "to", "through",
}  # fmt: skip
OURS |= {
    "item", "entry", "reverses", "standard", "preset", "based_on", "photo", "query", "code_hash", "reached",
    "agreed", "phone_mark", "outcome", "lives_in", "reference",
}  # fmt: skip
INSTEAD = {"public_words"}  # where it is empty, a page shows the words themselves
NOT_OURS = {"journal", "sessions", "charts", "search"}  # sealed, or keys and digests


KEYS = {"people.Try.name", "points.Choice.text", "notices.Wish.wechat"}  # a limit's name, YAML, an id
KEPT_APART = {  # columns of JSON that hold keys, codes, pseudonyms and numbers, or what the house itself said
    "people.Erasure.files", "places.Committee.preferences", "rulebook.Edition.governs",
    "studios.Studio.zones", "studios.Reception.members", "studios.Application.counts",
    "studios.Inspection.visitors", "voices.ShownPhoto.boxes", "voices.Batch.rows", "voices.Batch.left_out",
    "activities.CoveredPhoto.boxes", "consultations.Meeting.members", "notices.Wish.how",
}  # fmt: skip
INSIDE = {"key", "count", "period", "kinds"}  # what stands under these in a JSON value is ours, too


def name(model: type[models.Model], field: Any) -> str:
    return f"{model._meta.label}.{field.name}"


def written_fields() -> Iterator[tuple[type[models.Model], Any]]:
    """Every field of our tables in which somebody's words may stand."""
    for model in apps.get_models():
        if model.__module__.startswith("shangliang.") and model._meta.app_label not in NOT_OURS:
            for field in model._meta.concrete_fields:
                plain = isinstance(field, models.CharField | models.TextField | Private) and not field.choices
                house = field.name in OURS or field.name.endswith("_by") or name(model, field) in KEYS
                json = isinstance(field, models.JSONField) and name(model, field) not in KEPT_APART
                if json or (plain and not house and not field.unique):
                    yield model, field


def mark_everything() -> dict[int, str]:
    """number → the field that has this mark, in every row that may have it. Every second row says a little
    more, so that what changed from one version to the next is shown."""
    marked: dict[int, str] = {}
    for number, (model, field) in enumerate(written_fields(), start=1000):
        said = marks.fitting(field.max_length, number)
        more = said + "续" if field.max_length is None or len(said) < field.max_length else said
        if _at_once(model, field, said, more) or _one_by_one(model, field, said, more):
            marked[number] = name(model, field)
    return marked


def _at_once(model: type[models.Model], field: Any, said: str, more: str) -> bool:
    """Whether every row of the table took it, as a plain field's mostly do."""
    if isinstance(field, Private | models.JSONField) or field.name in INSTEAD:
        return False
    rows = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    try:
        with transaction.atomic():
            for words, every in ((said, rows[::2]), (more, rows[1::2])):
                model._base_manager.filter(pk__in=every).update(**{field.name: words})
    except IntegrityError:
        return False
    return bool(rows)


def _one_by_one(model: type[models.Model], field: Any, said: str, more: str) -> bool:
    """Whether any of them took it."""
    taken = False
    for n, row in enumerate(model._base_manager.order_by("pk")):
        if field.name in INSTEAD and not getattr(row, field.name):
            continue
        with suppress(IntegrityError):  # its state keeps it empty, or another has that name already
            with transaction.atomic():
                _write(row, field, more if n % 2 else said)
            taken = True
    return taken


def _write(row: Any, field: Any, said: str) -> None:
    if isinstance(field, Private):  # only through its row, under its person's key
        keyring.new(row.person)
        setattr(row, field.name, said)
        row.save(update_fields=[field.name])
    elif isinstance(field, models.JSONField):
        value = within(getattr(row, field.name), said)
        type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**{field.name: said})


def within(value: Any, said: str) -> Any:
    """What an action wrote into a column of JSON, with `said` wherever somebody's words may stand in it."""
    if isinstance(value, dict):
        return {key: one if key in INSIDE else within(one, said) for key, one in value.items()}
    if isinstance(value, list):
        return [within(one, said) for one in value]
    return said if isinstance(value, str) and value else value


def _as_is(_field: Any, value: Any, *_more: Any) -> Any:
    return value


def read_as_html(read: Callable[..., Any] = _as_is) -> Callable[..., Any]:
    """A planted fault: a field's `from_db_value` that takes every text it brings out for HTML."""
    return lambda *field_and_row: _as_html(read(*field_and_row))


def _as_html(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_html(one) for one in value]
    return Markup(value) if isinstance(value, str) and value else value  # noqa: S704, the fault itself


def swept(
    one: SimpleNamespace, column: str, doors: tuple[str, ...], read: set[int]
) -> Iterator[tuple[str, str]]:
    """(who and where, what a mark became there), behind each of these doors that is open to the column, of
    pages and of files to keep; `read` takes the numbers of the marks that were read."""
    browser = one.browsers[column]
    with read_only():
        for where, heads in rounds.all_of(one, more=MORE, column=column, doors=doors):
            answer = looked(browser, where, heads)
            said = marks.page(answer)
            if said and "zq" in said:
                yield from ((f"{column} {where}", what) for what in marks.born(said))
                read |= marks.seen(said)
            elif not said and answer.status_code == 200:
                for part in telling.opened(telling.body(answer)):
                    yield from ((f"{column} {where}", what) for what in marks.born_in_file(part))
                    read |= marks.seen_in_file(part)
