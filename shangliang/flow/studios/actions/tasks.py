"""The year's tasks: a committee sets the sheet, a studio writes down what no act tells."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.files import actions as files
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places.models import Committee
from shangliang.base.rulebook.models import Edition

from .. import queries, rules
from ..models import Kind, TaskRecord, TaskSheet
from ..tasks import Period, Task, read
from .page import said

MOST = 30  # tasks on one sheet
OFTEN = 999


@transaction.atomic
def set_task_sheet(
    committee: Committee, *, by: Actor, year: int, basis: str = "", rule: str = "", tasks: Sequence[Task],
    seen: int,
) -> TaskSheet:  # fmt: skip
    """Set the sheet of a committee's studios for a year; the editions before stay. `seen`: the edition that
    the page was drawn from, 0 for none. A task without a key is a new one. `rule`: the code of the edition
    that it rests on (`queries.citable`); `basis`: words, for a rule that is not entered or to say more.

    ValidationError for a year long past or far ahead, without a basis or a task, for a rule that is not in
    force here, for a task without a number, one that stands twice. NotNow when somebody has set another
    edition meanwhile."""
    if not by.holds(Role.OFFICER, committee=committee.path):
        raise NotYours(_("年度任务清单，由本级政协的干部来定。"))
    Committee.objects.select_for_update().get(pk=committee.pk)  # two officers: one after the other
    held = queries.sheet(committee, year)
    edition = held.edition if held else 0
    if seen != edition:
        raise NotNow(_("别人刚改过这一年的清单。您写的都还在，看一眼新内容，再决定交不交。"))
    if not clock.today().year - 1 <= year <= clock.today().year + 1:
        raise ValidationError({"year": _("只能定去年、今年和明年的。")})
    cited = _cited(committee, held, rule)
    basis = basis.strip() if cited else said(basis, _("选一份制度，或者写明依据：谁定的，哪天。"))
    rows = [_checked(task) for task in tasks]
    if not rows or len(rows) > MOST:
        raise ValidationError(_("一份清单一到 %(most)s 项。") % {"most": MOST})
    if len({task.label for task in rows}) < len(rows) or len({task.key for task in rows}) < len(rows):
        raise ValidationError(_("有一项写了两遍。"))
    made = TaskSheet(
        committee=committee, year=year, edition=edition + 1, basis=basis, by=by.key, at=clock.now(),
        rule_edition=cited, items=[task.as_row() for task in rows],
    )  # fmt: skip
    made.full_clean()
    made.save(force_insert=True)
    record(
        "task_sheet_set", subject=committee.subject, committee=committee.path, by=by,
        facts={"year": year, "edition": made.edition, "items": [task.key for task in rows]}
        | ({"basis": cited.subject} if cited else {}),
    )  # fmt: skip
    return made


def _cited(committee: Committee, held: TaskSheet | None, code: str) -> Edition | None:
    if not code:
        return None
    found = next((one for one in queries.citable(committee, held) if one.code == code), None)
    if found is None:
        raise ValidationError({"rule": _("这份制度现在不施行，另选一份，或者写明依据。")})
    return found


def _checked(task: Task) -> Task:
    label = task.label.strip()
    if not 2 <= len(label) <= 40 or not label.isprintable():
        raise ValidationError(_("每一项写清做什么，二到四十个字。"))
    if not 1 <= task.target <= OFTEN:
        raise ValidationError(_("「%(label)s」写上要做几次。") % {"label": label})
    if task.count and task.count not in queries.COUNTS:
        raise ValidationError(_("「%(label)s」选怎么算。") % {"label": label})
    if task.period not in Period or not set(task.kinds) <= set(Kind):
        raise ValidationError(_("「%(label)s」选多久一次、哪类工作室。") % {"label": label})
    key = task.key if task.key.replace("_", "").isalnum() and len(task.key) <= 40 else secrets.token_hex(4)
    return Task(key, label, task.count, task.target, task.period, tuple(task.kinds))


@transaction.atomic
def record_task(
    code: str,
    *,
    by: Actor,
    item: str,
    day: date,
    note: str,
    link: str = "",
    evidence: Sequence[Any] = (),
) -> TaskRecord:
    """Write down something that a studio did of its sheet, with a photo, a paper or a link.

    ValidationError for a task that is counted from the journal or stands on no sheet of that year, for a day
    to come, without words or evidence."""
    studio = queries.lock(code, by)
    if not rules.keeps_page(by, studio):
        raise NotYours(_("记年度任务，由这间工作室的召集人或政协干部来办。"))
    if day > clock.today():
        raise ValidationError({"day": _("这一天还没到，做过了再记。")})
    held = queries.sheet(studio.committee, day.year)
    asked = {task.key: task for task in read(held.items if held else ()) if task.is_for(studio.kind)}
    if item not in asked:
        raise ValidationError({"item": _("那一年的清单上没有这一项。")})
    if asked[item].count:
        raise ValidationError({"item": _("这一项从账上自己数，不用记。")})
    if not evidence and not link.strip():
        raise ValidationError({"evidence": _("要有佐证：传照片、文件，或写一个链接。")})
    made = TaskRecord(
        studio=studio, item=item, day=day, note=said(note, _("写一句做了什么。")), link=link.strip(),
        by=by.key, at=clock.now(),
    )  # fmt: skip
    made.full_clean()
    made.save(force_insert=True)
    files.keep(evidence, subject=made.subject, by=by)
    _told("task_recorded", made, by)
    return made


@transaction.atomic
def strike_task(code: str, *, by: Actor, seen: int | None, reason: str) -> TaskRecord:
    """A record that was wrong counts no more; it stays, with why. NotNow when it was struck out already."""
    row = queries.lock_record(code, by)
    if not rules.keeps_page(by, row.studio):
        raise NotYours(_("划掉任务记录，由这间工作室的召集人或政协干部来办。"))
    if row.struck_at is not None or (seen is not None and seen != row.version):
        raise NotNow(_("这一条已经划掉了。"))
    row.struck_why, row.struck_at, row.version = said(reason), clock.now(), row.version + 1
    row.save(update_fields=["struck_why", "struck_at", "version"])
    _told("task_struck", row, by)
    return row


def _told(act: str, row: TaskRecord, by: Actor) -> None:
    studio = row.studio
    record(
        act, subject=row.subject, committee=studio.committee_path, studio=studio.code, by=by,
        facts={"item": row.item, "day": row.day.isoformat()},
    )  # fmt: skip
