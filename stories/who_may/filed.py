"""Proposals, signatures and departments' parts in each state, as rows laid down directly."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.flow.proposals.models import Answer, Filed, Handling, Letter, Proposal, Signature, Urging

from .written import TEXTS

STAGES = (
    "draft", "signing", "sent", "checked", "returned", "filed", "merged", "not_filed", "assigned", "answered",
    "closed", "withdrawn",
)  # fmt: skip
CHOSEN = ("none", "nominated", "shortlisted", "deliberated", "announced")
SIGNED = ("invited", "signed", "declined", "called_off", "lapsed")
HANDLED = ("given", "given, beside", "returned", "opined, beside", "drafted", "answered")
NUMBERED = ("filed", "merged", "assigned", "answered", "closed")
IN_HAND = ("assigned", "answered", "closed")


def proposal(
    world: SimpleNamespace, stage: str, *, given: bool = True, leader: Any = None, **more: Any
) -> Proposal:
    """Led by the member stationed in the studio; looked over by somebody who stands in no column; in the
    hands of the department, once it is assigned."""
    now, texts = clock.now(), {name: more.pop(name, said) for name, said in TEXTS.items()}
    fields: dict[str, Any] = {"started_at": now, "last_at": now, "kind": "individual"}
    lead = leader or world.member
    if stage not in ("draft", "signing"):
        fields["sent_on"] = clock.today()
    if stage in ("checked", "not_filed", *NUMBERED):
        fields |= {"checked_by": "somebody", "proposed": "file"}
    if stage == "not_filed":
        fields |= {"reason": "empty", "passed": "letter", "decided_by": "another"}
    if stage == "signing":
        fields |= {"kind": "joint", "sign_by": clock.today() + timedelta(days=3)}
    if stage in NUMBERED:
        last = Proposal.objects.filter(committee=world.county).count()
        fields |= {"year": 2026, "number": last + 1, "filed_on": clock.today(), "decided_by": "another"}
    if stage in ("answered", "closed"):
        fields |= {"answered_on": clock.today(), "outcome": "B"}
    made = Proposal.objects.create(
        person=lead.key, committee=world.county, state=stage, **texts, **fields | more
    )
    Signature.objects.create(
        proposal=made, person=lead.key, number=1, state="signed", invited_at=now, signed_at=now
    )
    if stage in NUMBERED:
        Filed.objects.create(proposal=made, **texts)
    if stage in IN_HAND and given:
        part(world, made, "answered" if stage != "assigned" else "given")
    return made


def letter(world: SimpleNamespace, **texts: Any) -> Letter:
    """One that was not filed, with the department."""
    return Letter.objects.create(
        proposal=proposal(world, "not_filed", **texts), department=world.lamps, year=2026, number=1,
        on=clock.today(), by="another", due=clock.today(),
    )  # fmt: skip


def replied(world: SimpleNamespace, words: str) -> Letter:
    """One to which the department replied."""
    made = letter(world)
    made.reply, made.replied_on, made.replied_by = words, clock.today(), world.handler.key
    made.save()
    return made


def urged(of: Letter, words: str) -> Urging:
    return Urging.objects.create(
        letter=of, year=2026, number=8, words=words, due=clock.today(), on=clock.today(), by="another"
    )


def excellence(world: SimpleNamespace, stage: str) -> Proposal:
    return proposal(world, "closed", excellence=stage)


def signature(world: SimpleNamespace, stage: str) -> Signature:
    """Of the member stationed in the studio, on a proposal that the convener of the other one leads."""
    on = proposal(
        world, "answered" if stage == "signed" else "signing", given=False, leader=world.other_convener
    )
    now = clock.now()
    return Signature.objects.create(
        proposal=on, person=world.member.key, number=2, state=stage, invited_at=now,
        signed_at=now if stage == "signed" else None,
    )  # fmt: skip


def part(world: SimpleNamespace, on: Proposal, state: str, task: str = "host", **more: Any) -> Handling:
    today = clock.today()
    return Handling.objects.create(
        proposal=on, department=world.lamps, task=task, state=state, given_on=today,
        due=today + timedelta(days=80), send_back_by=today + timedelta(days=7),
        reason="不归我们管" if state == "returned" else "", **more,
    )  # fmt: skip


def handling(world: SimpleNamespace, stage: str, **more: Any) -> Handling:
    state, _comma, beside = stage.partition(", ")
    on = proposal(world, "answered" if state == "answered" else "assigned", given=False)
    return part(world, on, state, "co" if beside else "host", **more)


def public(world: SimpleNamespace, **more: Any) -> Proposal:
    """Answered, and everybody may read it."""
    made = proposal(world, "answered", public=True, **more)
    answer(world, made)
    return made


def answer(world: SimpleNamespace, on: Proposal, text: str = "年底前修好四条巷子的路灯。") -> Answer:
    """The department's, sent once the proposal is answered."""
    today = clock.today()
    if on.state == "assigned":
        return Answer.objects.create(
            handling=on.handlings.get(), round=1, text=text, grade="B", contact="周科长", phone="000-0000001",
            by="handler", drafted_on=today,
        )  # fmt: skip
    return Answer.objects.create(
        handling=on.handlings.get(), round=1, text=text, grade="B", contact="周科长", phone="000-0000001",
        by="handler", drafted_on=today, passed_by="officer", passed_on=today, year=today.year, number=on.pk,
    )  # fmt: skip
