"""A member doubts an entry, or says that one is missing; the office answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import GONE, draw_key
from shangliang.base.people.personal.holders import Left, Trace
from shangliang.base.places.models import Committee

from .. import deeds, inforce, queries
from ..books import standing
from ..models import Entry, Objection, State
from ..states import CHART
from ..tariff import Rule

SHORTEST, LONGEST = 4, 500
OPEN_AT_ONCE = 20  # of one member


@dataclass(frozen=True)
class New:
    """The entry that an upheld objection posts: by which rule of the tariff of that day. `points` in
    hundredths, only for what signers divide: empty, what the rule says.

    `of`: for a missing entry of who was at an activity, its subject, so that it goes back once its own record
    names them; "": of none that is recorded; None: of the one that there was on that day, if there was."""

    rule: str
    day: date
    points: int | None = None
    of: str | None = None


@transaction.atomic
def object_(
    *, by: Actor, words: str, entry: str = "", committee: Committee | None = None, day: date | None = None
) -> Objection:
    """Doubt an entry of one's own (its code), or say that something of a day at a committee is missing.

    Unseen for an entry that is not one's own, or a committee that one is and was no member of. NotNow where
    the same is asked already, the entry was reversed, or nobody is left at its committee to answer.
    ValidationError without words or a past day."""
    made = _of_entry(by, entry) if entry else _missing(by, committee, day)
    CHART.check_new("object", made, by=by)
    mine = Objection.objects.filter(person=by.key, state=State.OPEN)
    if entry and mine.filter(entry=entry).exists():
        raise NotNow(_("这一笔您提过了，正等着答复。"))
    if mine.count() >= OPEN_AT_ONCE:
        raise NotNow(_("您有 20 条等着答复，答复了再提。"))
    said = _words(words, _("写明哪里不对，4 到 500 个字。"))
    _draw(made)
    made.words = said
    made.due, made.provisional = clock.due_after(clock.today(), int(made.committee.set("objection_days")))
    made.made_at = clock.now()
    try:
        with transaction.atomic():  # of two at once, the second comes upon the first's row
            return CHART.start("object", made, by=by, member=by.key, entry=entry or None,
                               due=made.due.isoformat())  # fmt: skip
    except IntegrityError:
        if entry and mine.filter(entry=entry).exists():
            raise NotNow(_("这一笔您提过了，正等着答复。")) from None
        raise


@transaction.atomic
def uphold(
    code: str, *, by: Actor, seen: int | None, words: str, reverse: bool, new: New | None = None
) -> Objection:
    """Put it right: take the doubted entry back (`reverse`), post a new one, or both, with the reason.
    Nothing is deleted: the entries are posted with this act.

    NotNow where the entry was reversed meanwhile. ValidationError where neither is asked for, or the new one
    does not stand in the tariff of its day."""
    found = queries.lock_objection(code, by)
    CHART.check("uphold", found, by=by, seen=seen)
    # A closing holds this row too: what is posted here goes into it whole, or comes behind as a correction.
    Committee.objects.select_for_update().get(pk=found.committee_id)
    facts: dict[str, Any] = {"member": found.person}
    if reverse:
        facts |= _old(found)
    if new:
        facts |= _new(found, new)
    if not reverse and not new:
        raise ValidationError({"reverse": _("改，就要冲销原来那一笔，或者另记一笔。")})
    _answer(found, by, words)
    return CHART.move("uphold", found, by=by, seen=seen, **facts)


@transaction.atomic
def dismiss(code: str, *, by: Actor, seen: int | None, words: str) -> Objection:
    """It stays as it is, with the reason."""
    found = queries.lock_objection(code, by)
    CHART.check("dismiss", found, by=by, seen=seen)
    _answer(found, by, words)
    return CHART.move("dismiss", found, by=by, seen=seen, member=found.person)


@transaction.atomic
def withdraw(code: str, *, by: Actor, seen: int | None) -> Objection:
    """The member needs no answer any more."""
    found = queries.lock_objection(code, by)
    return CHART.move("withdraw", found, by=by, seen=seen, member=found.person)


def forget(person: str) -> Left:
    """Everything that objections hold of this pseudonym; see `people.holders`."""
    left = Left()
    for found in queries.locked_of(person):
        left.traces.append(Trace(found.subject, "", found.committee_path, ""))
        Objection.objects.filter(pk=found.pk).update(words=GONE, answer=GONE, version=found.version + 1)
    return left


def _of_entry(by: Actor, code: str) -> Objection:
    row = Entry.objects.filter(code=code, member=by.key).first()
    if row is None:
        raise Unseen(code)
    if row.reverses or Entry.objects.filter(member=by.key, reverses=code).exists():
        raise NotNow(_("这一笔已经冲销过了。还缺一笔的，另提一条。"))
    committee = Committee.objects.filter(path=row.committee, valid_until=None).first()
    if committee is None:
        raise NotNow(_("记这一笔的政协已经撤并，没有人答复了。要查的，找合并以后的政协。"))
    wrote = Act.objects.filter(id=row.act_id).values_list("by", flat=True).first()
    return Objection(
        person=by.key, committee=committee, entry=code,
        day=row.day, written_by=wrote or "",
    )  # fmt: skip


def _missing(by: Actor, committee: Committee | None, day: date | None) -> Objection:
    if committee is None or committee.path not in queries.committees(by.key):
        raise Unseen("objection")
    if day is None or day > clock.today():
        raise ValidationError({"day": _("写明是哪天的事，不晚于今天。")})
    return Objection(person=by.key, committee=committee, day=day)


def _old(found: Objection) -> dict[str, Any]:
    """The doubted entry, as its reversal will say it."""
    row = Entry.objects.filter(code=found.entry, member=found.person).first() if found.entry else None
    if row is None:
        raise ValidationError({"reverse": _("委员说的是少了一笔，没有要冲销的。")})
    if Entry.objects.filter(member=found.person, reverses=row.code).exists():
        raise NotNow(_("这一笔已经冲销过了。"))
    return {
        "reverses": row.code, "old_rule": row.rule, "old_tariff": row.tariff, "old_points": row.points,
        "old_day": row.day.isoformat(), "old_subject": row.subject,
    }  # fmt: skip


def _new(found: Objection, new: New) -> dict[str, Any]:
    if new.day > clock.today():
        raise ValidationError({"day": _("还没到的日子，记不了。")})
    known = inforce.on(new.day, found.committee_path)
    rule = known.rule(new.rule) if known else None
    if known is None or rule is None:
        raise ValidationError({"rule": _("那一天的标准里没有这一条。")})
    whole = rule.points or 0
    points = whole if new.points is None else new.points
    if points != whole and not (rule.shared and 0 < points < whole):
        raise ValidationError({"points": _("这一条一次的分值是定好的；只有几个人分的，才另写分到几分。")})
    row = Entry.objects.filter(code=found.entry, member=found.person).first() if found.entry else None
    about = row.subject if row else _attended(found, new, rule)
    facts = {"new_subject": about} if about else {}
    return facts | {
        "new_rule": rule.name, "new_tariff": known.name, "new_points": points,
        "new_day": new.day.isoformat(),
    }  # fmt: skip


def _attended(found: Objection, new: New, rule: Rule) -> str:
    """The activity that the member was at, by its subject; "" where it is none of those that are recorded."""
    if new.of == "" or found.entry or not deeds.attends(rule):
        return ""
    held = queries.held_on(found, new.day)
    chosen = [one for one in held if new.of in (None, one)]
    if new.of and not chosen:
        raise ValidationError({"of": _("从列着的活动里选。")})
    rows = standing(Entry.objects.filter(member=found.person, subject__in=chosen))
    named = {row.subject for row in rows if _alike(row, rule)}
    left = [one for one in chosen if one not in named]
    if chosen and not left:
        raise ValidationError({"of": _("那天的活动，这位委员已经记过了；是另一件事的，选「都不是」。")})
    if len(left) > 1:
        raise ValidationError({"of": _("那天记录过的活动不止一场，选是哪一场。")})
    return left[0] if left else ""


def _alike(row: Entry, rule: Rule) -> bool:
    """Whether an entry was brought by the same role: who came, or who led."""
    known = inforce.called(row.tariff)
    by = known.rule(row.rule) if known else None
    return bool(by and set(by.to) & set(rule.to))


def _answer(found: Objection, by: Actor, words: str) -> None:
    said = _words(words, _("写明为什么这样答复，4 到 500 个字，委员看得到。"))
    _draw(found)
    found.answer, found.answered_by, found.answered_at = said, by.key, clock.now()


def _draw(found: Objection) -> None:
    try:
        draw_key(found)
    except keyring.Erased:
        raise NotNow(_("这位委员注销了账号，没有人看答复了。")) from None


def _words(words: str, ask: str) -> str:
    words = words.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise ValidationError({"words": ask})
    return words
