"""A clinic in a real browser: six members sign up and check in, thirty-four person-times are recorded and
published; and a flood that nobody could plan, recorded afterwards."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from shangliang.base import clock
from shangliang.flow.activities import actions, codes, queries
from shangliang.flow.activities.models import Activity, Measured, Participation
from shangliang.flow.activities.tests.story import planned_for
from shangliang.ledgers.figures import queries as figures

from ..visitor import PHONE, photo
from .ways import BROWSER, looked_over, verified

pytestmark = BROWSER


def local(at):
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def test_six_members_check_in_thirty_four_are_treated(world, visitor, axe):
    convener = visitor().signs_in("convener")
    actions.set_rules(
        world.county, by=world.officer, used=["clinic", "moving_to_safety"], study=[], notice_days=0
    )
    # Later today: who came is ticked from the day on.
    start = min(timezone.now() + timedelta(minutes=30), clock.end_of(clock.today()) - timedelta(minutes=1))
    convener.goes_to("/desk/activities/plan/")
    looked_over(convener, axe)
    convener.sends(
        "/plan/", host=world.studio.code, kind="clinic", title="河堤社区坐诊日", place="河堤社区服务中心",
        starts_at=local(start), ends_at=local(start + timedelta(hours=2)), about="量血压、看慢性病",
    )  # fmt: skip
    row = Activity.objects.get()
    at_desk = f"/desk/activities/{row.code}/"
    convener.sends("/announce/")

    member = visitor(size=PHONE).signs_in("member")
    member.goes_to("/work/activities/").reads("河堤社区坐诊日")
    looked_over(member, axe)
    member.goes_to(f"/work/activities/{row.code}/").sends("/sign_up/")
    rest = [world.member2, world.deputy, world.other_member, world.other_convener, world.convener]
    for one in rest:
        actions.sign_up(row.code, by=one)

    convener.goes_to(f"{at_desk}code/").reads("半分钟换一次")
    looked_over(convener, axe)
    path = f"/work/activities/{row.code}/here/?c={codes.shown(row.code)}"
    member.goes_to(path)
    looked_over(member, axe)
    member.sends("/here/").reads("签到了")
    member.goes_to(path).reads("签过到了")
    convener.goes_to(at_desk).sends("/tick/", came=[one.key for one in rest if one != world.convener][:2])
    assert Participation.objects.filter(state="came").count() == 3

    Activity.objects.update(starts_at=start - timedelta(hours=3), ends_at=start - timedelta(hours=1))
    convener.goes_to(at_desk).sends(
        "/record/", patients_treated="34", came=[one.key for one in rest], lead=[world.convener.key],
        helpers="尤护士长", minutes="看了三十四人次", consent="每一位当场问过", photos=[photo()],
    )  # fmt: skip
    convener.reads("34 人次")
    assert Participation.objects.filter(state="came").count() == 6
    officer = visitor().signs_in("officer")
    officer.goes_to(at_desk)
    looked_over(officer, axe)
    officer.sends("/publish/", photos=True).reads("公开了")

    stranger = visitor(size=PHONE)
    stranger.goes_to("/activities/").reads("河堤社区坐诊日")
    stranger.goes_to(f"/activities/{row.code}/").reads("看诊34人次")
    looked_over(stranger, axe)
    verified()
    assert figures.figure("patients_treated", world.county).counted == 34
    member.goes_to("/work/statement/").reads("参加活动")


def test_a_flood_is_recorded_afterwards(world, visitor, axe):
    convener = visitor(scripts=False).signs_in("convener")
    convener.goes_to(f"/desk/activities/afterwards/?host={world.studio.code}&kind=moving_to_safety")
    night = timezone.now() - timedelta(hours=9)
    convener.sends(
        "/afterwards/", reason="暴雨红色预警，来不及通知", title="暴雨夜转移河边住户", place="河堤社区",
        starts_at=local(night), ends_at=local(night + timedelta(hours=3)), residents_moved_to_safety="56",
        came=[world.member.key], lead=[world.convener.key],
    )  # fmt: skip
    convener.reads("来不及通知")
    row = Activity.objects.get()
    assert (row.state, row.announced_on) == ("held", None)
    assert Measured.objects.get().value == 56
    assert queries.sees_record(world.member, row)
    verified()
    assert figures.figure("residents_moved_to_safety", world.county).counted == 56


def test_a_code_scanned_without_signal_is_handed_in_once(world, visitor):
    actions.set_rules(world.county, by=world.officer, used=["clinic"], study=[], notice_days=0)
    world.studio.committee.refresh_from_db()
    start = timezone.now() + timedelta(minutes=20)
    plan = planned_for("clinic", starts_at=start, ends_at=start + timedelta(hours=2))
    row = actions.plan(world.studio, by=world.convener, said=plan)
    actions.announce(row.code, by=world.convener, seen=None)
    member = visitor(size=PHONE).signs_in("member")
    page = member.goes_to(f"/work/activities/{row.code}/").page
    kept = """async () => { await navigator.serviceWorker.ready;
    return !!(await caches.match('/activities/scan/')); }"""
    for _n in range(50):
        if page.evaluate(kept):
            break
        page.wait_for_timeout(100)
    member.context.set_offline(True)
    scans = """() => new Promise((yes) => { const asked = indexedDB.open('shangliang-drafts', 1);
    asked.onsuccess = () => {
    const all = asked.result.transaction('drafts').objectStore('drafts').getAll();
    all.onsuccess = () => { asked.result.close();
    yes(all.result.map((one) => [one.moment, one.key])); }; }; })"""
    path, found = f"/work/activities/{row.code}/here/?c={codes.shown(row.code)}", []
    for _twice in range(2):
        member.goes_to(path)
        expect(page.locator("[data-said=kept]")).to_be_visible()
        found.append(page.evaluate(scans))
        page.wait_for_timeout(1100)
    assert found[0] == found[1]  # loaded anew, the moment of the scan stays
    assert len(found[0]) == 1
    assert not Participation.objects.exists()
    member.context.set_offline(False)
    expect(page.get_by_text("您签过到了")).to_be_visible(timeout=30_000)
    [part] = Participation.objects.all()
    assert (part.person, part.state, part.by_code) == (world.member.key, "came", True)
