"""An officer enters a committee's sessions, by which proposals are told apart from those between them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places.models import Committee

from .. import queries, settings
from ..models import Session


@transaction.atomic
def enter_session(committee: Committee, *, by: Actor, name: str, opens: date, until: date) -> Session:
    """Enter a session: its name, its first day, the last day on which it takes proposals. From the first that
    is entered on the setting of the server counts no more: what it says of days to come is entered beside it,
    but for a session of the same name, of which the officer's days count.

    ValidationError for days that make no sense, that are over, or that lie in another session's."""
    if not by.holds(Role.OFFICER, committee=committee.path):
        raise NotYours(_("会期由本级政协的干部来定。"))
    name = " ".join(name.split())
    if not 2 <= len(name) <= Session.NAME:
        raise ValidationError({"name": _("会议的名称要 2 到 40 个字。")})
    if until < opens or clock.too_far(until, years=2):
        raise ValidationError({"until": _("截止日不早于开幕日，不晚于两年以后。")})
    if until < clock.today():
        raise ValidationError({"until": _("已经过了的会期，写了也不管用。")})
    Committee.objects.select_for_update().get(pk=committee.pk)  # of two at once the second sees the first
    said = settings.Window(name, opens, until)
    entered = [settings.Window(one.name, one.opens, one.until) for one in queries.sessions(committee)]
    if any(one.name == name for one in entered):
        raise ValidationError({"name": _("这次会议已经写过了。")})
    kept = [] if entered else _to_come(committee, name)
    for one in [*entered, *kept]:
        if settings.overlap(committee, said, one):
            why = _("收提案的日子和「%(name)s」的重叠了，一件提案算不清是哪次会议的。")
            raise ValidationError({"opens": why % {"name": one.name}})
    for one in kept:
        _enter(committee, one, by)
    return _enter(committee, said, by)


def _to_come(committee: Committee, but: str) -> list[settings.Window]:
    """The server's sessions that take proposals now or later, each name once."""
    found: dict[str, settings.Window] = {}
    for one in settings.of_server(committee):
        if one.until >= clock.today() and one.name not in (but, *found):
            found[one.name] = one
    return list(found.values())


def _enter(committee: Committee, one: settings.Window, by: Actor) -> Session:
    made = Session.objects.create(committee=committee, **one._asdict(), by=by.key, at=clock.now())
    days = {"opens": one.opens.isoformat(), "until": one.until.isoformat()}
    record("session_entered", subject=made.subject, committee=committee.path, by=by, facts=days)
    return made


@transaction.atomic
def strike_session(code: str, *, by: Actor) -> Session:
    """A session that was entered wrongly counts no more; what was sent in it keeps its name. NotNow for
    one that is struck."""
    found = queries.lock_session(code)
    if not by.holds(Role.OFFICER, committee=found.committee.path):
        raise NotYours(_("会期由本级政协的干部来定。"))
    if found.struck_at is not None:
        raise NotNow(_("这次会议已经划掉了。"))
    found.struck_at, found.struck_by = clock.now(), by.key
    found.save(update_fields=["struck_at", "struck_by"])
    record("session_struck", subject=found.subject, committee=found.committee.path, by=by)
    return found
