"""What members write: opinion reports and bulletins in each state, doubts of their points, as rows laid down
directly."""

from types import SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.flow.reports.models import Bulletin, Endorsement, Item, OpinionReport, Referral
from shangliang.ledgers.points.models import Closing, Objection

TEXTS = {
    "title": "巷道路灯没有人管",
    "situation": "四条巷子十九盏灯不亮，最长的已经半年。",
    "analysis": "移交时没有写明由谁管。",
    "advice": "由一个单位统一接管，列入年度计划。",
}
OF_TWO = ("signed", "issued")


def opinion_report(world: SimpleNamespace, stage: str, **more: Any) -> OpinionReport:
    """By the member stationed in the studio; checked and signed by two who stand in no column."""
    now = clock.now()
    fields: dict[str, Any] = {"started_at": now, "last_at": now, **TEXTS}
    if stage != "draft":
        fields["sent_on"] = clock.today()
    if stage in ("checked", *OF_TWO):
        fields |= {"checked_by": "somebody", "was_checked": True}
    if stage in OF_TWO:
        fields["signed_by"] = "another"
    return OpinionReport.objects.create(
        person=world.member.key, studio=world.studio, committee=world.county, state=stage, **fields | more
    )


def bulletin(world: SimpleNamespace, *, up: bool = False, **texts: Any) -> Bulletin:
    """A number of the county with one report."""
    total = Bulletin.objects.count() + 1
    made = Bulletin.objects.create(
        committee=world.county, year=2026, issue=total, total=total, to_own=not up, to_upper=up,
        issued_on=clock.today(), by="officer",
    )  # fmt: skip
    Item.objects.create(bulletin=made, report=opinion_report(world, "issued"), number=1, **TEXTS | texts)
    return made


def referral(world: SimpleNamespace) -> Referral:
    """An issued report that was passed to the department."""
    report = bulletin(world).items.get().report
    return Referral.objects.create(
        report=report, department=world.lamps, words="请研究办理", on=clock.today(), due=clock.today(),
        by="officer", at=clock.now(),
    )  # fmt: skip


def endorsement(world: SimpleNamespace) -> Endorsement:
    return Endorsement.objects.create(
        report=opinion_report(world, "issued"), level="city", who="示例市市长", words="请研究办理",
        on=clock.today(), by="officer", at=clock.now(),
    )  # fmt: skip


def objection(world: SimpleNamespace, state: str, **more: Any) -> Objection:
    """By the member stationed in the studio, of something missing."""
    fields: dict[str, Any] = {"words": "七月那场没有记", "day": clock.today(), "due": clock.today()}
    if state in ("upheld", "dismissed"):
        fields |= {"answer": "核对过了", "answered_by": "somebody", "answered_at": clock.now()}
    return Objection.objects.create(
        person=world.member.key, committee=world.county, state=state, made_at=clock.now(), **fields | more
    )


def closing(world: SimpleNamespace) -> Closing:
    return Closing.objects.create(
        committee=world.county, year=2026, quarter=1, act_id=1, by="officer", at=clock.now()
    )
