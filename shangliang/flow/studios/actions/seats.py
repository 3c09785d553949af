"""Who runs a studio and who sits in it: appointed, stationed, released. Many at once come by `rosters`."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.people import actions as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person, Post, Role
from shangliang.base.places.models import Committee

from .. import queries, rules
from ..models import Appointment, State, Studio
from .page import said as words_of


@transaction.atomic
def appoint(
    code: str,
    person: Person,
    role: str,
    *,
    by: Actor,
    reason: str,
    since: date | None = None,
    until: date | None = None,
) -> Post:
    """Appoint a convener or a deputy for a term. A studio has one convener: the one before is relieved."""
    studio = _staffed_by(code, by)
    if role not in (Role.CONVENER, Role.DEPUTY):
        raise ValueError(f"Nobody is appointed {role!r}.")
    since, reason = since or clock.today(), words_of(reason)
    _must_reach(studio, person)
    _must_be_free(studio, person, role)
    if role == Role.CONVENER:
        _relieve(studio, by=by, before=since)
    post = people.grant(
        person, role, committee=studio.committee, studio=studio.code, since=since, until=until, by=by.key,
        act="convener_appointed",
    )  # fmt: skip
    Appointment.objects.create(post=post, studio=studio, reason=reason, by=by.key)
    return post


def _relieve(studio: Studio, *, by: Actor, before: date) -> None:
    for held in queries.members_of(studio):
        if held.role == Role.CONVENER:
            people.end_post(held, by=by.key, on=max(held.since, before - timedelta(days=1)))


@transaction.atomic
def station(code: str, person: Person, *, by: Actor, since: date | None = None) -> Post:
    """A member takes a seat in the studio. ValidationError if they are no member within reach, or sit
    there."""
    studio = _staffed_by(code, by)
    return _seat(studio, person, by=by, since=since)


def _seat(studio: Studio, person: Person, *, by: Actor, since: date | None = None) -> Post:
    _must_reach(studio, person)
    _must_be_free(studio, person, Role.STATIONED)
    return people.grant(
        person, Role.STATIONED, committee=studio.committee, studio=studio.code, since=since, by=by.key,
        act="member_stationed",
    )  # fmt: skip


def seat_in(studio: Studio, person: Person, *, by: Actor) -> None:
    """The same for somebody whose studio is closed: who sits there already stays. The caller has asked the
    rule."""
    if not any(held.holder_id == person.pk for held in queries.members_of(studio)):
        _seat(studio, person, by=by)


@transaction.atomic
def release(code: str, person: str, role: str, *, by: Actor, on: date | None = None) -> Post:
    """Somebody (a pseudonym) leaves the post they hold in the studio."""
    studio = _staffed_by(code, by)
    post = queries.post_in(studio, person, role)
    return people.end_post(post, by=by.key, on=on, act=leaving(post))


def find_member(said: str, committee: Committee) -> Person:
    """The member within reach with this sign-in name or name. ValidationError for none, or for two of one
    name."""
    said = said.strip()
    found = list(queries.within_reach(committee).filter(Q(username=said) | Q(name=said))[:3])
    exact = [person for person in found if person.username == said] or found
    if not exact:
        raise ValidationError(_("委员里没有「%(said)s」。请写登录名，或一字不差的姓名。") % {"said": said})
    if len(exact) > 1:
        raise ValidationError(_("有不止一位「%(said)s」，请写登录名。") % {"said": said})
    return exact[0]


def leaving(post: Post) -> str:
    return "member_left" if post.role == Role.STATIONED else "post_ended"


def _staffed_by(code: str, by: Actor) -> Studio:
    return _allowed(queries.lock(code, by), by)


def _allowed(studio: Studio, by: Actor) -> Studio:
    if not rules.is_officer(by, studio):
        raise NotYours(_("任命召集人、安排委员驻室，由本级政协的干部来办。"))
    if studio.state == State.CLOSED:
        raise ValidationError(_("这间工作室已经撤销了。"))
    return studio


def _must_reach(studio: Studio, person: Person) -> None:
    if not queries.within_reach(studio.committee).filter(pk=person.pk).exists():
        raise ValidationError(
            _("%(name)s不是%(office)s的委员，也不是上级政协的委员。")
            % {"name": person.name, "office": studio.committee.office}
        )


def _must_be_free(studio: Studio, person: Person, role: str) -> None:
    if any(held.role == role and held.holder_id == person.pk for held in queries.members_of(studio)):
        raise ValidationError(
            _("%(name)s已经是%(studio)s的%(role)s了。")
            % {"name": person.name, "studio": studio.name, "role": Role(role).label}
        )
