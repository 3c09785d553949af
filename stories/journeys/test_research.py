"""A research report of three writers in a real browser, from two visits to what the government adopts; and a
supervision by study that is not closed before each thing put right has its evidence."""

from shangliang import chores
from shangliang.base.places import actions as places
from shangliang.base.places.models import SpecialCommittee
from shangliang.flow.research.models import Advice, Correction, Research

from ..visitor import PHONE, in_days, photo
from .ways import BROWSER, looked_over, verified

pytestmark = BROWSER
FINDINGS = "走了六个村，十一处供水点有四处没有人管，夏天停水最长的一次九天。"
ADVICE = "把管护费列入县里的专项。\n水厂管到村口，村里管到户，写进协议。"


def begun(member, kind, title, **more):
    member.goes_to(f"/work/research/write/?kind={kind}")
    member.sends(
        "/work/research/write/", title=title, findings=FINDINGS, advice=ADVICE, to=["government"], **more
    )
    return Research.objects.get(kind=kind)


def visited(member, own, *where):
    for place in where:
        member.goes_to(own).sends("/add_visit/", on=in_days(-2), place=place, whom="村委会、用水户")


def handed_in(member, own):
    member.goes_to(own).page.get_by_role("button", name="交机关").click()
    member.page.wait_for_load_state()


def balance(person):
    chores.everything()
    person.goes_to("/work/statement/")
    return person.page.locator(".sum .big .v").inner_text().strip()


def test_three_writers_two_visits_and_what_the_government_adopts(world, visitor, axe):
    member = visitor().signs_in("member")
    member.goes_to("/work/").page.get_by_role("link", name="写一篇，看结果").last.click()
    member.page.wait_for_url("**/work/research/")
    row = begun(member, "report", "关于全县农村供水管护的调研报告")
    own = f"/work/research/{row.code}/"
    member.goes_to(own).sends("/name/", member=world.convener.key, writer=True)
    member.goes_to(own).sends("/name/", member=world.other_convener.key, writer=True)
    member.goes_to(own).sends("/name/", member=world.member2.key)
    looked_over(member, axe)

    beside = visitor(size=PHONE).signs_in("member2")
    beside.goes_to("/work/").reads("调研组列了您")
    beside.goes_to(own)
    looked_over(beside, axe)
    beside.sends("/leave/").reads("您退出了这个名单")

    handed_in(member, own)
    member.reads("还没有一次走访")
    visited(member, own, "青山镇石桥村", "河东镇柳坝村")
    handed_in(member, own)
    member.reads("交到机关了")

    at_desk = f"/desk/research/{row.code}/"
    officer, leader = visitor().signs_in("officer"), visitor().signs_in("leader")
    officer.goes_to("/desk/research/").reads("关于全县农村供水管护的调研报告")
    officer.goes_to(at_desk)
    looked_over(officer, axe)
    officer.sends("/accept/", to=["party"])
    leader.goes_to(at_desk).sends("/sign/")
    leader.reads("1号")
    assert balance(member).startswith("6.0")
    assert Advice.objects.count() == 2
    officer.goes_to(at_desk)
    government = row.addressees.get(whom="government").code
    officer.sends(
        "/adopt/", addressee=government, pieces=["2"], words="县政府第 12 次常务会议", on=in_days(0)
    )
    for writer, points in (("convener", "7.0"), ("other_convener", "7.0")):
        one = visitor().signs_in(writer)
        one.goes_to(own).reads("政府采纳第 2 条建议")
        assert balance(one).startswith(points)  # written along 3, adopted 4
    officer.goes_to("/data/990101/advice_adopted_by_government/").reads("关于全县农村供水管护的调研报告")
    verified()


def test_a_study_is_not_closed_without_evidence(world, visitor, axe):
    body = places.add(SpecialCommittee, world.county, "农业和农村委员会")
    member = visitor().signs_in("member")
    row = begun(member, "study", "对河道整治的监督式调研", led_by=body.code, studios=[world.studio.code])
    own, at_desk = f"/work/research/{row.code}/", f"/desk/research/{row.code}/"
    visited(member, own, "清溪河河堤社区段")
    handed_in(member, own)
    officer, leader = visitor().signs_in("officer"), visitor().signs_in("leader")
    officer.goes_to(at_desk).sends("/accept/")
    leader.goes_to(at_desk).sends("/sign/")
    officer.goes_to(at_desk)
    officer.sends(
        "/endorse/",
        level="city",
        who="示例市市长",
        words="整改情况报我。",
        on=in_days(0),
        scan=[photo()],
    )
    member.goes_to(own).sends("/put_right/", words="塌了的两处岸坡修好了", on=in_days(0))
    member.reads("还没有凭据")

    officer.goes_to(at_desk).page.get_by_role("button", name="办结").click()
    officer.page.wait_for_load_state()
    officer.reads("有 1 项整改还没有凭据，不能办结")
    member.goes_to(own).sends("/show/", correction=Correction.objects.get().code, evidence=[photo()])
    looked_over(member, axe)
    officer.goes_to(at_desk).sends("/close/").reads("办结了")
    chores.everything()
    officer.goes_to("/data/990101/leader_endorsements/").reads("对河道整治的监督式调研")
    verified()
