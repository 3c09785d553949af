"""Which checklists a committee picked, how a studio stands against them, what a visit found."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.files import actions as files
from shangliang.base.journal.codes import public_id
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places import actions as places
from shangliang.base.places.models import Committee

from .. import queries, rules
from ..models import Inspection, Mark, OwnList, Standing
from ..states import INSPECTION_CHART
from .page import said

LONGEST_NAME, LONGEST_ITEM, MOST_ITEMS = 20, 40, 30


@transaction.atomic
def choose_standards(committee: Committee, *, by: Actor, keys: Sequence[str]) -> list[str]:
    """The checklists that hold for a committee's studios from now on; what was marked before stays.

    ValidationError for a checklist that there is not."""
    if not by.holds(Role.OFFICER, committee=committee.path):
        raise NotYours(_("用哪套建室标准，由本级政协的干部来定。"))
    known = queries.checklists_of(committee)
    if unknown := set(keys) - set(known):
        raise ValidationError({"keys": _("没有「%(said)s」这套标准。") % {"said": sorted(unknown)[0][:40]}})
    chosen = [key for key in known if key in set(keys)]
    places.prefer(committee, "standards", chosen)
    record(
        "standards_chosen", subject=committee.subject, committee=committee.path, by=by, facts={"keys": chosen}
    )
    return chosen


@transaction.atomic
def write_standards(
    committee: Committee,
    *,
    by: Actor,
    name: str,
    items: Sequence[str],
    key: str = "",
    based_on: str = "",
    seen: int = 0,
) -> OwnList:
    """Write a checklist of the committee's own: a new one, begun from nothing or from a preset (`based_on`),
    or the next edition of `key`. `seen`: the edition that the page was drawn from. What was marked before
    stays with its item; an item that keeps its words keeps its marks.

    ValidationError without a name or an item, for an item twice, for a `key` that is not the committee's own.
    NotNow when somebody has written another edition meanwhile."""
    if not by.holds(Role.OFFICER, committee=committee.path):
        raise NotYours(_("本地的建室标准，由本级政协的干部来写。"))
    Committee.objects.select_for_update().get(pk=committee.pk)  # two officers: one after the other
    before = queries.own_editions(committee, key) if key else []
    if key and not before:
        raise ValidationError(_("没有「%(said)s」这套标准。") % {"said": key[:40]})
    edition = before[0].edition if before else 0
    if seen != edition:
        raise NotNow(_("别人刚改过这套标准。您写的都还在，看一眼新内容，再决定交不交。"))
    lines = [item.strip() for item in items if item.strip()]
    if not 2 <= len(name.strip()) <= LONGEST_NAME:
        raise ValidationError({"name": _("起个名字，二到二十个字。")})
    if not 1 <= len(lines) <= MOST_ITEMS or len(set(lines)) < len(lines):
        raise ValidationError({"items": _("一行一项，一到三十项，不要重复。")})
    if any(len(line) > LONGEST_ITEM or not line.isprintable() for line in lines):
        raise ValidationError({"items": _("每一项不超过四十个字。")})
    made = OwnList.objects.create(
        committee=committee, key=key or f"own-{public_id()}", edition=edition + 1, name=name.strip(),
        items=lines, based_on=before[0].based_on if before else based_on, by=by.key, at=clock.now(),
    )  # fmt: skip
    record(
        "standards_written", subject=committee.subject, committee=committee.path, by=by,
        facts={"key": made.key, "edition": made.edition, "items": len(lines)},
    )  # fmt: skip
    return made


@transaction.atomic
def mark(
    code: str,
    *,
    by: Actor,
    standard: str,
    item: str,
    standing: str,
    note: str = "",
    link: str = "",
    due: date | None = None,
    evidence: Sequence[Any] = (),
) -> Mark:
    """Say how a studio stands against one item, with a photo, a paper or a link. An officer's is a check.

    ValidationError for an item of no checklist of the committee's, for "proven" without evidence, and for
    "under way" without a day."""
    studio = queries.lock(code, by)
    if not rules.keeps_page(by, studio):
        raise NotYours(_("建室标准由这间工作室的召集人或政协干部来核对。"))
    lists = {one.key: one for one in queries.picked(studio.committee)}
    if standard not in lists or item not in lists[standard].items:
        raise ValidationError({"item": _("本地用的标准里没有这一项。")})
    if standing == Standing.PROVEN and not (
        evidence or link.strip() or _proven_before(studio, standard, item)
    ):
        raise ValidationError({"standing": _("要有佐证：传照片、文件，或写一个链接。")})
    made = Mark(
        studio=studio, standard=standard, edition=lists[standard].edition, item=item, standing=standing,
        note=note.strip(), link=link.strip(), due=due if standing == Standing.UNDER_WAY else None,
        checked=rules.is_officer(by, studio), by=by.key, at=clock.now(),
    )  # fmt: skip
    made.full_clean()
    made.save(force_insert=True)
    files.keep(evidence, subject=made.subject, by=by)
    record(
        "standard_marked", subject=made.subject, committee=studio.committee_path, studio=studio.code, by=by,
        facts={"standard": standard, "edition": made.edition, "item": item, "standing": standing},
    )  # fmt: skip
    return made


def _proven_before(studio: Any, standard: str, item: str) -> bool:
    """An officer checks what the convener showed: the evidence lies with the mark before."""
    before = queries.marks(studio, standard, item)[:1]
    return bool(before) and before[0].standing == Standing.PROVEN


@transaction.atomic
def inspect(
    code: str, *, by: Actor, day: date, findings: str = "", put_right_by: date | None = None
) -> Inspection:
    """Write down a visit: what was found and by when it is to be put right, or that nothing was found.

    ValidationError for a day to come, or findings without a day."""
    studio = queries.lock(code, by)
    visit = Inspection(studio=studio, day=day, findings=findings.strip(), visitors=[by.key], by=by.key)
    move = "find" if visit.findings else "clear"
    INSPECTION_CHART.check_new(move, visit, by=by)
    if day > clock.today():
        raise ValidationError({"day": _("这一天还没到，去过了再记。")})
    if visit.findings:
        if put_right_by is None or put_right_by < day:
            raise ValidationError({"put_right_by": _("写明哪天前改好，在去的那天以后。")})
        visit.put_right_by = put_right_by
    return INSPECTION_CHART.start(move, visit, by=by, day=day.isoformat())


@transaction.atomic
def put_right(
    code: str, *, by: Actor, seen: int | None, words: str, evidence: Sequence[Any] = ()
) -> Inspection:
    """The studio says what it put right, and shows it."""
    visit = queries.lock_inspection(code, by)
    INSPECTION_CHART.check("put_right", visit, by=by, seen=seen)
    visit.put_right = said(words, _("写一句怎么改的。"))
    visit.put_right_on = clock.today()
    files.keep(evidence, subject=visit.subject, by=by)
    return INSPECTION_CHART.move(
        "put_right", visit, by=by, seen=seen, on_time=visit.put_right_on <= (visit.put_right_by or date.max)
    )
