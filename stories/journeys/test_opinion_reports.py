"""An opinion report in a real browser: from a resident's word to a city leader's endorsement, with what each
step brings its writer."""

from shangliang import chores
from shangliang.flow.reports.models import Bulletin, OpinionReport, Referral
from shangliang.flow.voices.models import Voice

from ..visitor import PHONE, in_days, photo
from .ways import BROWSER, leaves_a_word, looked_over, opens, verified

pytestmark = BROWSER
TEXTS = {
    "title": "关于老旧小区路灯无人维修的情况和建议",
    "situation": "七里巷等四条巷子共有十九盏路灯不亮，最长的已经半年。",
    "analysis": "巷子移交时没有写明由谁管，城管局和社区都以为归对方。",
    "advice": "由城管局统一接管巷道路灯，列入年度维修计划。",
}


def balance(member):
    """What the member's own statement says."""
    chores.everything()
    member.goes_to("/work/statement/")
    return member.page.locator(".sum .big .v").inner_text().strip()


def test_from_a_word_at_the_door_to_a_leaders_endorsement(world, visitor, axe):
    resident = visitor(size=PHONE)
    code = leaves_a_word(resident, world)
    voice = Voice.objects.get()

    member = visitor().signs_in("member")
    assert balance(member).startswith("0")
    member.goes_to(f"/desk/voices/{voice.code}/")
    member.page.get_by_role("link", name="据此写一篇社情民意信息").click()
    member.page.wait_for_url("**/work/reports/write/**")
    looked_over(member, axe)
    assert voice.number in member.page.locator("textarea[name=situation]").input_value()
    form = member.page.locator("form[data-count]")
    member.fills(form, studio=world.studio.code, **TEXTS)
    member.reads("还能写 14")  # counted while it is written
    member.page.get_by_role("button", name="存下，看一遍再交").click()
    member.reads("只有您看得到")
    report = OpinionReport.objects.get()
    member.page.get_by_role("button", name="交工作室").click()
    member.reads("交到工作室了")
    opens(resident, code).reads("委员据您说的写了社情民意信息")

    at_desk = f"/desk/reports/{report.code}/"
    convener = visitor().signs_in("convener")
    convener.goes_to("/work/").reads("等您初审")
    convener.goes_to(at_desk).sends("/pass_on/")
    officer = visitor().signs_in("officer")
    officer.goes_to(at_desk)
    looked_over(officer, axe)
    officer.sends("/edit/", advice="由城管局统一接管巷道路灯，列入年度维修计划，公布报修电话。")
    officer.goes_to(at_desk).reads("公布报修电话")
    officer.sends("/check/")
    leader = visitor().signs_in("leader")
    leader.goes_to("/lead/").reads("等签发的信息")
    leader.goes_to(at_desk).sends("/sign/")
    assert balance(member).startswith("0")

    officer.goes_to("/desk/bulletins/").sends("/desk/bulletins/", reports=[report.code], to_own=True)
    officer.reads("总第1期")
    assert Bulletin.objects.get().issue == 1
    assert balance(member).startswith("2.0")
    officer.goes_to(at_desk)
    officer.sends("/adopt/", level="city", where="市政协专报第 3 期", on=in_days(0))
    assert balance(member).startswith("4.0")
    officer.goes_to(at_desk).sends(
        "/endorse/", level="city", who="示例市市长", words="请城管局研究办理。", on=in_days(0), scan=[photo()]
    )
    assert balance(member).startswith("7.0")
    officer.goes_to(at_desk).sends("/refer/", department=world.lamps.code, words="请照批示研究办理")
    to = Referral.objects.get()
    officer.goes_to(at_desk).sends("/note_reply/", referral=to.code, words="已列入计划", on=in_days(0))
    officer.goes_to(at_desk).sends("/feed_back/", words="市长批了，城管局列入计划了。")

    member.goes_to(f"/work/reports/{report.code}/").reads("示例市市长批示")
    member.reads("城管局列入计划了")
    member.goes_to("/data/990101/leader_endorsements/").reads(TEXTS["title"])
    verified()
