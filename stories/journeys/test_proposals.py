"""A joint proposal in a real browser: from the invitation to a class B answer, one signer who is not
satisfied, the second handling, and next year's check."""

from datetime import timedelta

from shangliang import chores
from shangliang.base import clock
from shangliang.flow.proposals.models import Proposal

from ..visitor import in_days
from .ways import BROWSER, looked_over, verified

pytestmark = BROWSER
TEXTS = {
    "title": "关于统一管护巷道路灯的提案",
    "situation": "七里巷等四条巷子共有十九盏路灯不亮，最长的已经半年。",
    "advice": "由城管局统一接管巷道路灯，列入年度维修计划，公布报修电话。",
}
RATING = {
    "visited": "visited",
    "heard": "visit",
    "aimed": "fully",
    "attitude": "satisfied",
    "result": "agree",
}
CROSS = {"visited": "not", "heard": "not", "aimed": "not", "attitude": "unsatisfied", "result": "disagree"}


def handled(handler, officer, part, at_desk, text, grade):
    """Spoken with, answered, passed."""
    handler.goes_to(f"/handle/proposals/{part.code}/").sends("/contact/", way="visit", on=in_days(0))
    handler.goes_to(f"/handle/proposals/{part.code}/")
    handler.sends("/draft_answer/", text=text, grade=grade, contact="周科长", phone="000-0000001")
    officer.goes_to(at_desk).sends("/pass/")


def test_from_an_invitation_to_next_years_check(world, visitor, axe, clock_for_all):
    member = visitor().signs_in("member")
    member.goes_to("/work/proposals/write/")
    looked_over(member, axe)
    member.sends("/work/proposals/write/", committee="990101", kind="joint", **TEXTS)
    row = Proposal.objects.get()
    own = f"/work/proposals/{row.code}/"
    member.goes_to(own).sends("/invite/", members="何委员、吕委员", sign_by=in_days(5))
    second, third = visitor().signs_in("member2"), visitor().signs_in("other_member")
    second.goes_to("/work/").reads("请您联名")
    second.goes_to(own)
    looked_over(second, axe)
    second.sends("/sign/")
    third.goes_to(own).sends("/decline/")
    member.goes_to(own).sends("/send/")
    member.reads("交上去了")

    at_desk = f"/desk/proposals/{row.code}/"
    officer, leader = visitor().signs_in("officer"), visitor().signs_in("leader")
    officer.goes_to(at_desk)
    ticks = ["one_matter", "parts", "no_reason", "similar", "in_reach"]
    officer.sends("/check/", topic="society", ticks=ticks, decision="file")
    leader.goes_to(at_desk).reads("初审意见：立案")
    leader.sends("/file/")
    leader.reads("平时第1号")
    officer.goes_to("/desk/proposals/meeting/")
    looked_over(officer, axe)
    officer.sends("/desk/proposals/meeting/", **{f"{row.code}-host": world.lamps.code})
    part = row.handlings.get()
    handler = visitor().signs_in("handler")
    handler.goes_to("/handle/proposals/").reads(TEXTS["title"])
    handled(handler, officer, part, at_desk, "四条巷子的路灯由我局接管，正在列入明年的计划。", "B")

    second.goes_to(own).reads("正在列入明年的计划")
    looked_over(second, axe)
    second.sends("/rate/", **CROSS, score=40, words="没有写哪天修好。", again=True)
    member.goes_to(own).reads("正在办理")
    handled(handler, officer, part, at_desk, "七里巷的灯已经修好，另外三条巷子明年六月底前修好。", "B")
    second.goes_to(own).sends("/rate/", **RATING, score=90)
    member.goes_to(own).sends("/rate/", **RATING, score=92)
    member.reads("您的评价")
    handler.goes_to(f"/handle/proposals/{part.code}/")
    assert "没有写哪天修好" not in handler.page.content()
    handler.sends("/review/", one=18, two=18, three=18, four=18, five=18)
    handler.reads("没有写哪天修好")

    stranger = visitor()
    stranger.goes_to(f"/proposals/{row.code}/").reads("明年六月底前修好")
    looked_over(stranger, axe)
    chores.everything()
    member.goes_to("/data/990101/proposals/").reads(TEXTS["title"])
    clock_for_all(clock.now() + timedelta(days=366))
    officer = visitor().signs_in("officer")
    officer.goes_to("/desk/proposals/overdue/").reads(TEXTS["title"])
    officer.goes_to(at_desk).sends("/recheck/", grade="A", words="四条巷子的灯都修好了。")
    row.refresh_from_db()
    assert (row.state, row.outcome, row.again) == ("closed", "A", True)
    stranger.goes_to(f"/proposals/{row.code}/").reads("四条巷子的灯都修好了")
    verified()
