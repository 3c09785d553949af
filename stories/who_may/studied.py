"""Research reports and supervisions by study in each state, as rows laid down directly."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.places import actions as places
from shangliang.base.places.models import SpecialCommittee
from shangliang.flow.research import queries
from shangliang.flow.research.models import (
    Addressee,
    Advice,
    Correction,
    Endorsement,
    Joined,
    Paper,
    Research,
    Teammate,
    Visit,
)
from shangliang.site.desk.views import research as desk
from shangliang.site.workbench.views import research as workbench

from . import cast
from .things import state

STAGES = (
    "draft", "submitted", "returned", "accepted", "sent", "sent, study", "closed, study", "withdrawn",
)  # fmt: skip
TEXTS = {
    "title": "农村供水谁来管",
    "findings": "十一处供水点有四处没有人管。",
    "advice": "定一个单位统一管护。",
}


def research(world: SimpleNamespace, stage: str, **more: Any) -> Research:
    """Led by the member stationed in the studio, with the convener of the other studio; of a study the studio
    joins. Who looked and signed stand in no column."""
    now, today = clock.now(), clock.today()
    where, study = state(stage), stage.endswith("study")
    texts = TEXTS | {name: more.pop(name) for name in TEXTS if name in more}
    fields: dict[str, Any] = {"started_at": now, "last_at": now, **texts}
    if where != "draft":
        fields["submitted_on"] = today
    if where in ("accepted", "sent", "closed"):
        fields["accepted_by"] = "somebody"
    if where in ("sent", "closed"):
        number = Research.objects.filter(committee=world.county).count() + 1
        fields |= {"signed_by": "another", "sent_on": today, "year": today.year, "number": number}
    if where == "closed":
        fields["closed_on"] = today
    if study:
        fields["led_by"] = _body(world)
    made = Research.objects.create(
        person=world.member.key, committee=world.county, kind="study" if study else "report", state=where,
        **fields | more,
    )  # fmt: skip
    Teammate.objects.create(research=made, person=world.other_convener.key, writer=True, number=1)
    Visit.objects.create(research=made, day=today, place="青山镇石桥村", whom="村委会")
    Addressee.objects.create(research=made, whom="government")
    if study:
        Joined.objects.create(research=made, studio=world.studio)
    if where in ("sent", "closed"):
        Paper.objects.create(research=made, **texts)
        Advice.objects.create(research=made, number=1, words=texts["advice"])
    return made


def _body(world: SimpleNamespace) -> SpecialCommittee:
    found = SpecialCommittee.objects.filter(committee=world.county).first()
    return found or places.add(SpecialCommittee, world.county, "农业和农村委员会")


def endorsement(world: SimpleNamespace) -> Endorsement:
    return Endorsement.objects.create(
        research=research(world, "sent"), level="county", who="示例县县长", words="请研究落实",
        on=clock.today(), by="officer", at=clock.now(),
    )  # fmt: skip


def correction(world: SimpleNamespace) -> Correction:
    return Correction.objects.create(
        research=research(world, "sent, study"), words="四处供水点都定了人", on=clock.today(),
        shown_on=clock.today(), by="officer", at=clock.now(),
    )  # fmt: skip


Probe = tuple[cast.Cast, Callable[[Actor], object]]


def _whole(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = research(world, stage)
    return cast.of(world), lambda actor: queries.research(found.code, actor)


def _scan(world: SimpleNamespace, _thing: str, _stage: str) -> Probe:
    found = endorsement(world)
    return cast.of(world), lambda actor: queries.may_see_scan([actor], found.code)


def _evidence(world: SimpleNamespace, _thing: str, _stage: str) -> Probe:
    found = correction(world)
    return cast.of(world), lambda actor: queries.may_see_evidence([actor], found.code)


PROBES = {
    "research": _whole,
    "scan of an endorsed report": _scan,
    "evidence of what was put right": _evidence,
}
MOVES = {"desk:research_move": set(desk.DEEDS), "workbench:research_move": set(workbench.MOVES)}
