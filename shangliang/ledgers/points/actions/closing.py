"""A quarter or a year is closed: what stands then is frozen, later corrections are shown as such."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import queries, rules
from ..models import Closed, Closing
from ..periods import Period

BATCH = 1000


@transaction.atomic
def close(committee: Committee, *, by: Actor, year: int, quarter: int) -> Closing:
    """Close a quarter (1 to 4) or the year (0) of a committee, once its last day has passed.

    NotYours unless an officer of the committee; NotNow before its end, or where it is closed already;
    ValidationError for what is no quarter."""
    if not rules.closes(by, committee.path):
        raise NotYours(_("积分由本级政协的干部结账。"))
    if not 0 <= quarter <= 4 or not 2000 <= year <= 2999:
        raise ValidationError({"period": _("按季结，或者按年结。")})
    Committee.objects.select_for_update().get(pk=committee.pk)  # of two at once, the second sees the first
    period = Period(year, quarter)
    if period.last >= clock.today():
        raise NotNow(_("还没到头，过了最后一天再结。"))
    if Closing.objects.filter(committee=committee, year=year, quarter=quarter).exists():
        raise NotNow(_("这一期已经结过了。"))
    made = Closing.objects.create(
        committee=committee, year=year, quarter=quarter, by=by.key, at=clock.now()
    )  # fmt: skip
    rows = [
        Closed(
            closing=made, member=member, points=one.points, total=one.total, grade=one.grade,
            missing=one.missing,
        )
        for member, one in queries.stands(committee.path, period).items()
    ]  # fmt: skip
    Closed.objects.bulk_create(rows, BATCH)
    facts = {
        "year": year,
        "quarter": quarter,
        "members": len(rows),
        "points": sum(row.points for row in rows),
    }
    act = record("points_closed", subject=made.subject, committee=committee.path, by=by, facts=facts)
    Closing.objects.filter(pk=made.pk).update(act_id=act.id)
    made.act_id = act.id
    return made
