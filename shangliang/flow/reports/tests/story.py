"""An opinion report on its way, brought by the people of the small world."""

from shangliang.base import clock
from shangliang.flow.reports import actions
from shangliang.flow.reports.actions import Draft
from stories.pages import photo

SAID = Draft(
    title="关于老旧小区路灯无人维修的情况和建议",
    situation="七里巷等四条巷子共有十九盏路灯不亮，最长的已经半年，晚上老人不敢出门。",
    analysis="巷子移交时没有写明由谁管，城管局和社区都以为归对方，电费也没有出处。",
    advice="由城管局统一接管巷道路灯，列入年度维修计划，移交时同时移交图纸和电表。",
)


def drafted(world, by="member", **said):
    made = Draft(**{**vars(SAID), **said})
    return actions.draft(world.studio.code, by=getattr(world, by), said=made)


def sent(world, **said):
    row = drafted(world, **said)
    return actions.send(row.code, by=world.member, seen=row.version)


def at_office(world, **said):
    row = sent(world, **said)
    return actions.pass_on(row.code, by=world.convener, seen=row.version)


def signed(world, **said):
    row = at_office(world, **said)
    row = actions.check(row.code, by=world.officer, seen=row.version)
    return actions.sign(row.code, by=world.leader, seen=row.version)


def issued(world, **said):
    row = signed(world, **said)
    bulletin = actions.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    row.refresh_from_db()
    return row, bulletin


def endorsed(world, row, level="city", **said):
    words = {
        "who": "示例市市长",
        "words": "请城管局研究办理。",
        "on": clock.today(),
        "scan": [photo()],
    } | said
    return actions.endorse(row.code, by=world.officer, seen=None, level=level, **words)
