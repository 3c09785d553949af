"""A research report, or a supervision by study, on its way, brought by the people of the small world."""

from datetime import timedelta

from shangliang.base import clock
from shangliang.base.places import actions as places
from shangliang.base.places.models import SpecialCommittee
from shangliang.flow.research import actions, queries
from shangliang.flow.research.actions import Draft
from stories.pages import photo

SAID = Draft(
    title="关于全县农村供水管护的调研报告",
    findings="走了六个村，十一处供水点有四处没有人管，夏天停水最长的一次九天，水费收不齐。",
    advice="一、把管护费列入县里的专项。\n二、水厂管到村口，村里管到户，写进协议。\n三、公布电话，两天修好。",
    to=("government", "own"),
)


def drafted(world, by="member", kind="report", **said):
    made = Draft(**{**vars(SAID), **said})
    return actions.draft(world.county, by=getattr(world, by), kind=kind, said=made)


def study(world, **said):
    body = SpecialCommittee.objects.filter(committee=world.county).first()
    body = body or places.add(SpecialCommittee, world.county, "农业和农村委员会")
    more = {"led_by": body.code, "studios": (world.studio.code,)} | said
    return drafted(world, kind="study", title="对河道整治的监督式调研", **more)


def visited(world, row, by="member"):
    day = clock.today() - timedelta(days=3)
    actions.add_visit(
        row.code, by=getattr(world, by), seen=None, on=day, place="青山镇石桥村", whom="村委会、用水户"
    )
    return again(row)


def submitted(world, row=None, writers=("convener",), went=("deputy",)):
    row = row or drafted(world)
    for names, writer in ((writers, True), (went, False)):
        for one in names:
            actions.name(row.code, by=world.member, seen=None, member=getattr(world, one).key, writer=writer)
    visited(world, row)
    return actions.submit(row.code, by=world.member, seen=None)


def accepted(world, row=None, **more):
    row = submitted(world, row, **more)
    return actions.accept(row.code, by=world.officer, seen=None, to=["government", "own"], departments=[])


def sent(world, row=None, **more):
    row = accepted(world, row, **more)
    return actions.sign(row.code, by=world.leader, seen=None)


def noted(world, row, move="adopt", whom="government", pieces=(), words="县政府常务会议第 8 次"):
    [to] = [one for one in queries.addressees(row) if one.whom == whom]
    do = getattr(actions, move)
    return do(
        row.code, by=world.officer, seen=None, addressee=to.code, pieces=list(pieces), words=words,
        on=clock.today(),
    )  # fmt: skip


def taken_back(world, row, whom):
    """What this addressee said was another report's."""
    one = queries.standing(row).filter(addressee__whom=whom)[0].code
    said = {"outcome": one, "words": "记成了另一篇的"}
    return actions.take_back(row.code, by=world.officer, seen=None, **said)


def endorsed(world, row, level="county", **said):
    words = {
        "who": "示例县县长",
        "words": "请水利局研究落实。",
        "on": clock.today(),
        "scan": [photo()],
    } | said
    return actions.endorse(row.code, by=world.officer, seen=None, level=level, **words)


def put_right(world, row, evidence=True, by="officer", **said):
    words = {"words": "四处没有人管的供水点，都定了人", "on": clock.today()} | said
    files = [photo()] if evidence else []
    return actions.put_right(row.code, by=getattr(world, by), seen=None, evidence=files, **words)


def again(row):
    return queries.rows().get(pk=row.pk)
