"""A proposal is put up for signing: asking, signing, declining, taking it back."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor

from .. import measure, queries
from ..models import Kind, Proposal, Signature, State
from ..states import SIGNING_CHART
from .parts import again, keep_version, locked, touch, whole


@transaction.atomic
def invite(code: str, *, by: Actor, seen: int | None, members: Sequence[str], sign_by: date) -> Proposal:
    """Ask members (their keys, in this order) to sign by a day. From now on the text stands still. None
    need be named where some still have to sign: they get the new day, while the old one runs. Once it is
    over they have lapsed: NotNow with nobody new to ask."""
    found = locked(code, "invite", by=by, seen=seen)
    whole(found)
    if found.kind != Kind.JOINT:
        raise ValidationError({"members": _("请人联名的是联名提案：先把「谁提的」改成联名提案。")})
    if sign_by < clock.today() or clock.too_far(sign_by, years=1):
        raise ValidationError({"sign_by": _("截止日从今天起，不超过一年。")})
    if found.late and not members:
        raise NotNow(
            _("签名已经截止，没签的不能再签，日子也不能往后延。签了的都在，交就是；要请别人，写上姓名。")
        )
    _lapse_late(found, by)
    known = set(queries.askable(found).filter(key__in=members).values_list("key", flat=True))
    rows = list(found.signatures.all())
    waits = any(one.state == Signature.State.INVITED for one in rows)
    if not (members or waits) or len(set(members)) != len(members) or set(members) - known:
        raise ValidationError({"members": _("选要请的委员，一人一次。")})
    if len(rows) + len(members) > measure.ASKED + 1:
        raise ValidationError({"members": _("一件提案最多请 20 位。")})
    found.sign_by = sign_by
    number = keep_version(found, by)
    touch(found, "invite", by=by, seen=seen, asked=len(members), number=number, until=sign_by.isoformat())
    after = max(one.number for one in rows)
    for place, key in enumerate(members, start=after + 1):
        row = Signature(proposal=found, person=key, number=place, invited_at=clock.now())
        SIGNING_CHART.start("ask", row, by=by, member=key, until=sign_by.isoformat())
    again(found)
    return found


@transaction.atomic
def seal(code: str, *, by: Actor, seen: int | None, scan: Sequence[UploadedFile]) -> Proposal:
    """The page with the seal of the body that files it (盖章件), scanned; a later scan takes the place of the
    one before. ValidationError for a proposal of no body, and without a scan."""
    found = locked(code, "seal", by=by, seen=seen)
    if not found.collective:
        raise ValidationError({"scan": _("盖章件是党派、团体、界别、专委会、联络组提的才附。")})
    if not scan:
        raise ValidationError({"scan": _("附上盖了章的那一页，照片或者 PDF。")})
    files.discard([found.seal])
    files.keep(list(scan), subject=found.seal, by=by)
    return touch(found, "seal", by=by, seen=seen)


@transaction.atomic
def sign(code: str, *, by: Actor, seen: int | None) -> Signature:
    """Sign, in time. NotNow after the day, or while the text is being changed."""
    found = queries.lock_signature(code, by)
    SIGNING_CHART.check("sign", found, by=by, seen=seen)
    _in_time(found.proposal)
    found.signed_at = clock.now()
    return SIGNING_CHART.move("sign", found, by=by, seen=seen)


@transaction.atomic
def decline(code: str, *, by: Actor, seen: int | None) -> Signature:
    found = queries.lock_signature(code, by)
    SIGNING_CHART.check("decline", found, by=by, seen=seen)
    _in_time(found.proposal)
    return SIGNING_CHART.move("decline", found, by=by, seen=seen)


@transaction.atomic
def call_off(code: str, *, by: Actor, seen: int | None) -> Signature:
    """Whoever leads takes an invitation back."""
    found = queries.lock_signature(code, by)
    SIGNING_CHART.check("call_off", found, by=by, seen=seen)
    return SIGNING_CHART.move("call_off", found, by=by, seen=seen, member=found.person)


@transaction.atomic
def take_back(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """Change the text after all: who had signed has to sign anew, by a day that is still to be set. Who did
    not sign in time has lapsed all the same."""
    found = locked(code, "take_back", by=by, seen=seen)
    void(found, by)
    return touch(found, "take_back", by=by, seen=seen)


def void(of: Proposal, by: Actor) -> None:
    """Nobody stands for a text that they have not read: whoever signed is asked to sign anew, and who was
    asked reads anew. The day went with the text; a later day is none for who missed it."""
    _lapse_late(of, by)
    of.sign_by = None
    # A form drawn before the change is stale, also of who has not signed yet.
    waits = Signature.objects.filter(proposal=of, state=Signature.State.INVITED)
    waits.update(version=F("version") + 1)
    for one in of.signatures.all():
        if one.state == Signature.State.SIGNED and one.person != of.person:
            one.proposal, one.signed_at = of, None
            SIGNING_CHART.move("void", one, by=by, seen=None, member=one.person)
    again(of)


def lapse(of: Proposal, by: Actor) -> None:
    """Who was asked and has not signed signs no more."""
    for one in of.signatures.all():
        if one.state == Signature.State.INVITED:
            one.proposal = of
            SIGNING_CHART.move("lapse", one, by=by, seen=None)
    again(of)


def _lapse_late(of: Proposal, by: Actor) -> None:
    if of.late:
        lapse(of, by)


def _in_time(of: Proposal) -> None:
    if of.state != State.SIGNING:
        raise NotNow(_("这件提案现在不在联名。"))
    if of.late:
        raise NotNow(_("签名截止了，不能再签。"))
