"""Signed reports go out in a numbered bulletin."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.journal.record import draw
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import queries
from ..models import Bulletin, Item, OpinionReport
from ..states import BULLETIN, CHART
from .parts import copied

MOST = 12  # items in one number
EVER = 0  # the counter's year that runs through all years


@transaction.atomic
def issue(
    committee: Committee, *, by: Actor, reports: Sequence[str], to_own: bool, to_upper: bool
) -> Bulletin:
    """Put signed reports (their codes, in this order) into the next number and issue it. NotNow if one of
    them is not signed any more; ValidationError for none, for one twice, or for nobody to send it to."""
    today = clock.today()
    made = Bulletin(
        committee=committee, year=today.year, to_own=to_own, to_upper=to_upper, issued_on=today, by=by.key
    )
    BULLETIN.check_new("issue", made, by=by)
    if not reports or len(set(reports)) != len(reports) or len(reports) > MOST:
        raise ValidationError({"reports": _("选上要刊发的信息，一期 1 到 12 条。")})
    if not (to_own or to_upper):
        raise ValidationError({"to_own": _("送本级领导、报上一级，至少选一样。")})
    if to_upper and committee.parent_id is None:
        raise ValidationError({"to_upper": _("上面没有政协可报。")})
    rows = [_signed(code, committee, by) for code in reports]
    made.issue = draw("bulletin", committee.path, today.year)
    made.total = draw("bulletin_total", committee.path, EVER)
    BULLETIN.start(
        "issue", made, by=by, items=len(rows), own=to_own, upper=to_upper, issue=made.issue, total=made.total
    )
    for number, row in enumerate(rows, start=1):
        item = Item(bulletin=made, report=row, number=number)
        copied(item, row)
        item.save(force_insert=True)
        row.last_at = clock.now()
        CHART.move("issue", row, by=by, seen=None, bulletin=made.code, own=to_own, upper=to_upper,
                   member=row.person)  # fmt: skip
    return made


def _signed(code: str, committee: Committee, by: Actor) -> OpinionReport:
    row = queries.lock(code, by)
    if row.committee_id != committee.pk:
        raise ValidationError({"reports": _("一期专报只登本级政协的信息。")})
    CHART.check("issue", row, by=by, seen=None)
    return row
