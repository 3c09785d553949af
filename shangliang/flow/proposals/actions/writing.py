"""A member drafts, sends and withdraws."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries

from .. import rules, settings
from ..models import Kind, Proposal, Signature
from ..states import CHART, SIGNING_CHART
from .parts import again, keep_version, locked, named, put, touch, whole
from .signing import lapse, void


@dataclass(frozen=True)
class Draft:
    """What the member wrote; a draft may still lack a part. `body`: of a collective one, who speaks."""

    title: str
    situation: str = ""
    analysis: str = ""
    advice: str = ""
    kind: str = Kind.INDIVIDUAL
    body: str = ""
    may_publish: bool = True

    @property
    def texts(self) -> tuple[str, str, str, str]:
        return self.title, self.situation, self.analysis, self.advice


@transaction.atomic
def draft(committee: Committee, *, by: Actor, said: Draft, voice: str = "") -> Proposal:
    """Begin a proposal to this committee. Whoever writes leads it, and signs first. `voice`: the one that it
    rests on (its code); Unseen for one that the member may not read."""
    now = clock.now()
    made = Proposal(person=by.key, committee=committee, started_at=now)
    CHART.check_new("draft", made, by=by)
    made.voice = voice_queries.get(voice, by) if voice else None
    _put(made, said)
    CHART.start("draft", made, by=by, kind=made.kind)
    first = Signature(proposal=made, person=by.key, number=1, invited_at=now, signed_at=now)
    SIGNING_CHART.start("lead", first, by=by)
    again(made)
    return made


@transaction.atomic
def redraft(code: str, *, by: Actor, seen: int | None, said: Draft) -> Proposal:
    """Change what is written. Who had signed the words before has to sign anew."""
    found = locked(code, "redraft", by=by, seen=seen)
    before = found.texts
    _put(found, said)
    if found.texts != before:
        void(found, by)
    if not found.collective:  # of no body any more, whose seal would stand on it
        files.discard([found.seal])
    return touch(found, "redraft", by=by, seen=seen)


@transaction.atomic
def readdress(code: str, *, by: Actor, seen: int | None, to: Committee) -> Proposal:
    """A draft goes to another committee; to the same one nothing happens. NotNow once others were asked to
    sign, who are members of the first, or once it was sent; NotYours for a committee in which the writer may
    not write."""
    found = locked(code, "readdress", by=by, seen=seen)
    if to.pk == found.committee_id:
        return found
    if not rules.alone(found):
        raise NotNow(_("请过人联名，或者交过一次的，不能改交别的政协。要改，撤回这一件，另写一件。"))
    was, found.committee = found.committee.code, to
    CHART.check_new("draft", found, by=by)
    return touch(found, "readdress", by=by, seen=seen, was=was)


def _put(of: Proposal, said: Draft) -> None:
    if said.kind not in Kind.values:
        raise ValidationError({"kind": _("选一个：谁提的。")})
    of.kind, of.may_publish = said.kind, said.may_publish
    of.body = " ".join(said.body.split()) if of.collective else ""
    if of.collective and not 2 <= len(of.body) <= 60:
        raise ValidationError({"body": _("集体提案写明是哪个单位提的。")})
    put(of, *said.texts)


@transaction.atomic
def send(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """Send it to the committee. Who was asked and has not signed by now signs no more. ValidationError while
    a part is missing; NotNow for a joint one that nobody else signed, or while invitations still run. The
    author of the voice that it rests on is told, once."""
    found = locked(code, "send", by=by, seen=seen)
    whole(found)
    asked = [one for one in found.signatures.all() if one.state == Signature.State.INVITED]
    if asked and not found.late:
        raise NotNow(_("还有人没签，截止日也没到。等他们签，或者先收回邀请。"))
    lapse(found, by)
    facts = named(found)
    if found.kind == Kind.JOINT and not facts["part"]:
        raise NotNow(_("联名提案要有别人签名。没有人签，改成个人提案再交。"))
    first = found.sent_on is None
    if first:
        held = settings.session_on(found.committee, clock.today())
        found.sent_on, found.in_session = clock.today(), held is not None
        found.session, found.year = (held.name, held.opens.year) if held else ("", clock.today().year)
    found.proposed = found.checked_by = ""
    number = keep_version(found, by)
    touch(found, "send", by=by, seen=seen, first=first, number=number, kind=found.kind,
          session=found.in_session, **facts)  # fmt: skip
    if first and found.voice is not None:
        voices.tell_taken("proposal", found.voice.code, by=by, into=found.thread)
    return found


@transaction.atomic
def withdraw(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """Whoever leads takes it back, until it is decided."""
    found = locked(code, "withdraw", by=by, seen=seen)
    found.into = None
    return touch(found, "withdraw", by=by, seen=seen, sent=found.sent_on is not None)
