"""A proposal on its way, brought by the people of the small world."""

from datetime import timedelta

from shangliang.base import clock
from shangliang.flow.proposals import actions
from shangliang.flow.proposals import reasons as published
from shangliang.flow.proposals.actions import Draft, Looked, Said
from shangliang.flow.proposals.models import Proposal, Signature

TEXT = {
    "title": "关于统一管护老旧小区路灯的提案",
    "situation": "七里巷等四条巷子共有十九盏路灯不亮，最长的已经半年，晚上老人不敢出门。",
    "analysis": "巷子移交时没有写明由谁管，城管局和社区都以为归对方。",
    "advice": "由城管局统一接管巷道路灯，列入年度维修计划，移交时同时移交图纸和电表。",
}
ALL = tuple(published.checklist())
PLEASED = Said("visited", "satisfied", "visit", "fully", "agree", 92)
CROSS = Said("not", "unsatisfied", "not", "not", "disagree", 40, words="只说在研究，没有日子。", again=True)
ANSWER = {
    "text": "四条巷子的路灯已经由我局接管，年底以前修好，明年列入养护计划，请监督。",
    "grade": "B",
    "public": True,
    "reason": "",
    "contact": "周科长",
    "phone": "000-0000001",
}


def fresh(row):
    return Proposal.objects.get(pk=row.pk)


def drafted(world, by="member", at=None, **said):
    return actions.draft(at or world.county, by=getattr(world, by), said=Draft(**{**TEXT, **said}))


def sent(world, **said):
    row = drafted(world, **said)
    return actions.send(row.code, by=getattr(world, said.get("by", "member")), seen=row.version)


def invited(world, *names, days=5, **said):
    row = drafted(world, kind="joint", **said)
    keys = [getattr(world, name).key for name in names]
    until = clock.today() + timedelta(days=days)
    return actions.invite(row.code, by=world.member, seen=row.version, members=keys, sign_by=until)


def signature(row, who):
    return Signature.objects.get(proposal=row, person=who.key)


def signed(world, row, name, do=actions.sign):
    one = signature(row, getattr(world, name))
    return do(one.code, by=getattr(world, name), seen=one.version)


def joint(world, *names, **said):
    row = invited(world, *names, **said)
    for name in names:
        signed(world, row, name)
    return actions.send(row.code, by=world.member, seen=None)


def checked(world, row, decision="file", **more):
    looked = Looked(decision, topic="society", ticks=ALL, **more)
    return actions.check(row.code, by=world.officer, seen=None, looked=looked)


def filed(world, row=None, **said):
    row = checked(world, row or sent(world, **said))
    return actions.file(row.code, by=world.leader, seen=row.version)


def assigned(world, row=None, co=(), **said):
    row = row or filed(world, **said)
    beside = [one.code for one in co]
    return actions.assign(row.code, by=world.officer, seen=None, host=world.lamps.code, co=beside)


def part(row, department):
    return row.handlings.exclude(state="returned").get(department=department)


def answer_drafted(world, row, **said):
    one = part(row, world.lamps)
    actions.contact(one.code, by=world.handler, seen=None, way="visit", on=clock.today())
    return actions.draft_answer(one.code, by=world.handler, seen=None, **{**ANSWER, **said})


def answered(world, row=None, **said):
    row = row or assigned(world)
    one = answer_drafted(world, row, **said)
    actions.pass_(one.code, by=world.officer, seen=None)
    return fresh(row)


def rated(world, row, name, said=PLEASED):
    one = signature(row, getattr(world, name))
    actions.rate(one.code, by=getattr(world, name), seen=None, said=said)
    return fresh(row)
