"""A committee chooses its tariff: a preset, or a file of its own, and the day from which it holds."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock, yamls
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee
from shangliang.base.ui.spreadsheets import NOT_XML

from .. import queries, rules, tariff
from ..models import Choice
from ..reckoning import reckon
from ..scoring import Deed, enter
from ..tariff import Tariff

MOST_CHARACTERS, MOST_RULES = 40_000, 200
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@transaction.atomic
def choose_tariff(
    committee: Committee, *, by: Actor, since: date, preset: str = "", text: str = ""
) -> Choice:
    """Choose one of the presets by its name, or the text of a file, from a day on. What was posted before
    stays as it is.

    NotYours unless an officer of the committee. ValidationError for another day than `queries.days` gives, or
    a file that does not hold together, in words. NotNow where today was asked for and another was quicker."""
    if not rules.chooses(by, committee.path):
        raise NotYours(_("积分标准由本级政协的干部来定。"))
    Committee.objects.select_for_update().get(pk=committee.pk)  # of two at once, the second sees the first
    if since not in queries.days(committee.path):
        if since == clock.today():
            raise NotNow(_("本级刚刚定过标准。再换，从某年的 1 月 1 日起。"))
        raise ValidationError({"since": _("从今天起，或者从明年、后年的 1 月 1 日起。")})
    if preset:
        text = said(preset)
    else:
        read(text)
    made = Choice.objects.create(
        committee=committee, path=committee.path, since=since, preset=preset, text=text, by=by.key,
        at=clock.now(),
    )  # fmt: skip
    facts = {"since": since.isoformat()} | ({"preset": preset} if preset else {})
    record("tariff_chosen", subject=made.subject, committee=committee.path, by=by, facts=facts)
    return made


def said(preset: str) -> str:
    """The text of a preset's file. ValidationError for a name that there is not."""
    if tariff.called(preset) is None:
        raise ValidationError({"preset": _("没有这份标准。")})
    return (tariff.PRESETS / f"{preset}.yaml").read_text("utf-8")


def read(text: str) -> Tariff:
    """A tariff from the text of an office's own file. ValidationError, in words, where it does not hold or is
    larger than a tariff is."""
    if len(text) > MOST_CHARACTERS:
        raise ValidationError({"file": _("一份标准不超过 4 万个字。")})
    try:
        if yamls.refers(text):
            raise ValueError(_("不用 & 和 * 引用，一条一条写明。"))
        found = tariff.parsed(text)
        _holds(found)
        _reckons(found)
    except tariff.FAULTS as fault:
        why = str(fault) if type(fault) is ValueError else _("读不成 YAML。")
        raise ValidationError({"file": _("这份标准用不了：%(why)s") % {"why": why[:200]}}) from None
    return found


def _holds(found: Tariff) -> None:
    """What a page and a table have room for. ValueError."""
    if len(found.rules) > MOST_RULES:
        raise ValueError(_("条数太多，不超过 200 条。"))
    for rule in found.rules:
        if not NAME.fullmatch(str(rule.name)):
            raise ValueError(
                _("name 用小写字母、数字和 _，不超过 40 个：%(name)s") % {"name": str(rule.name)[:60]}
            )
        if max(abs(rule.points or 0), rule.cap or 0, rule.unit_cap or 0) > tariff.MOST:
            raise ValueError(_("分值太大：%(name)s") % {"name": rule.name})
    words = [found.label, found.place, found.source, *(w for r in found.rules for w in (r.label, r.what))]
    words += [grade.label for grade in found.grades if grade.label is not None]
    words += [bucket.label for bucket in found.buckets] + [group.label for group in found.groups]
    words += [need.label for need in found.minimum]
    words += [*found.not_given, *found.readings]
    words += [one for rule in found.rules for one in (rule.act, *rule.to, rule.group, rule.bucket)]
    if not all(isinstance(one, str) and len(one) <= 300 and not NOT_XML.search(one) for one in words):
        raise ValueError(_("label、what 这些写成一句话，不超过 300 个字。"))
    if not found.rules or not found.label.strip() or len(found.label) > 60:
        raise ValueError(_("标准要有名字（label，不超过 60 个字），至少一条。"))
    if any(len(grade.label or "") > 40 for grade in found.grades):
        raise ValueError(_("等次的名字不超过 40 个字。"))
    if sum(abs(bucket.start) for bucket in found.buckets) > tariff.MOST:
        raise ValueError(_("起始分加起来太大。"))


def _reckons(found: Tariff) -> None:
    """The engine goes through it: each rule once, and a year without anything. One of `tariff.FAULTS`."""
    reckon(found, ())
    deeds = [Deed("", rule.act, rule.to[0], clock.today(), facts={}) for rule in found.rules]
    reckon(found, [mark for mark in enter(found, deeds) if mark.rule])
