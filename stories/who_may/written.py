"""Opinion reports and bulletins in each state, as rows laid down directly."""

from types import SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.flow.reports.models import Bulletin, Endorsement, Item, OpinionReport

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


def endorsement(world: SimpleNamespace) -> Endorsement:
    return Endorsement.objects.create(
        report=opinion_report(world, "issued"), level="city", who="示例市市长", words="请研究办理",
        on=clock.today(), by="officer", at=clock.now(),
    )  # fmt: skip
