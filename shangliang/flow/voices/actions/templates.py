"""Common answers: written, changed with what stood before kept, dropped."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import rules, variables
from ..models import Edition, Template
from ..queries import desk
from .parts import measured


@transaction.atomic
def make_template(committee: Committee, *, by: Actor, title: str, words: str) -> Template:
    """A new common answer of the committee. ValidationError for a title that it has, or an unknown
    variable."""
    _ask(by, committee)
    row = Template(committee=committee, by=by.key, at=clock.now())
    _write(row, title, words)
    row.save(force_insert=True)
    _journal("template_made", row, by)
    return row


@transaction.atomic
def change_template(code: str, *, by: Actor, seen: int | None, title: str, words: str) -> Template:
    """Say it otherwise from now on; what it said before is kept. NotNow when it was changed since `seen`."""
    row = _locked(code, by, seen)
    before = Edition(template=row, number=row.version, title=row.title, words=row.words, by=row.by, at=row.at)
    _write(row, title, words)
    if (row.title, row.words) == (before.title, before.words):
        return row
    before.save(force_insert=True)
    row.by, row.at, row.version = by.key, clock.now(), row.version + 1
    row.save(force_update=True)
    _journal("template_changed", row, by)
    return row


@transaction.atomic
def drop_template(code: str, *, by: Actor, seen: int | None) -> None:
    """Offer it no more; what it said stays, for what was answered with it."""
    row = _locked(code, by, seen)
    row.dropped, row.version = True, row.version + 1
    row.save(force_update=True)
    _journal("template_dropped", row, by)


def checked(words: str, *, field: str = "words") -> str:
    """Words with variables. ValidationError at `field` that names those which do not exist."""
    if wrong := variables.unknown(words):
        said = {
            "wrong": "、".join(f"{{{name}}}" for name in wrong),
            "known": " ".join(f"{{{name}}}" for name in variables.VARIABLES),
        }
        raise ValidationError({field: _("没有 %(wrong)s 这个变量。能用的是：%(known)s。") % said})
    return words


def _write(row: Template, title: str, words: str) -> None:
    row.title = measured(title, field="title", least=2, most=40, missing=_("起个名字，好找。"))
    words = measured(words, field="words", least=4, most=2000, missing=_("写下正文。"))
    row.words = checked(words)
    taken = Template.objects.filter(committee=row.committee, title=row.title, dropped=False)
    if taken.exclude(pk=row.pk).exists():
        raise ValidationError({"title": _("已经有一条叫这个名字了。")})


def _ask(by: Actor, committee: Committee) -> None:
    if not rules.keeps_templates(by, committee.path):
        raise NotYours(_("常用答复由本级政协的干部来写，工作室和干部都能用。"))


def _locked(code: str, by: Actor, seen: int | None) -> Template:
    row = desk.locked_template(code, by)
    _ask(by, row.committee)
    if seen is not None and seen != row.version:
        raise NotNow(CHANGED)
    return row


def _journal(act: str, row: Template, by: Actor) -> None:
    record(act, subject=row.subject, committee=row.committee.path, by=by, facts={"version": row.version})
