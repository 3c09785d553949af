"""A clinic in a real browser: six members check in without signal, thirty-four person-times are recorded and
published; seven trips of a series add up; and a flood that nobody could plan, recorded afterwards."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from shangliang.base.journal.models import Act
from shangliang.flow.activities import actions, codes, queries
from shangliang.flow.activities.models import Activity, Measured, Participation, Series
from shangliang.flow.activities.tests.story import announced
from shangliang.ledgers.figures import queries as figures

from ..visitor import PHONE, photo
from .ways import BROWSER, looked_over, verified

pytestmark = BROWSER
SIX = ("member", "member2", "deputy", "other_member", "other_convener", "convener")
TRIPS = (310, 208, 255, 190, 264, 230, 240)
COPY = """async () => { await navigator.serviceWorker.ready;
    return !!(await caches.match('/activities/scan/')); }"""
SCANS = """() => new Promise((yes) => { const asked = indexedDB.open('shangliang-drafts', 1);
    asked.onsuccess = () => {
    const all = asked.result.transaction('drafts').objectStore('drafts').getAll();
    all.onsuccess = () => { asked.result.close();
    yes(all.result.map((one) => [one.moment, one.key])); }; }; })"""


def local(at):
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def loses_the_signal(phone):
    """Once it keeps what it shows without signal."""
    for _n in range(50):
        if phone.page.evaluate(COPY):
            break
        phone.page.wait_for_timeout(100)
    phone.context.set_offline(True)


def scans(phone, row):
    """Opens what the organiser's screen shows now, without signal; what the phone keeps of it."""
    phone.goes_to(f"/work/activities/{row.code}/here/?c={codes.shown(row.code)}")
    expect(phone.page.locator("[data-said=kept]")).to_be_visible()
    return phone.page.evaluate(SCANS)


def test_six_members_check_in_without_signal_thirty_four_are_treated(world, visitor, axe, clock_for_all):
    convener = visitor().signs_in("convener")
    actions.set_rules(
        world.county, by=world.officer, used=["clinic", "moving_to_safety"], study=[], notice_days=0
    )
    start = timezone.now() + timedelta(minutes=30)
    convener.goes_to("/desk/activities/plan/")
    looked_over(convener, axe)
    convener.sends(
        "/plan/", host=world.studio.code, kind="clinic", title="河堤社区坐诊日", place="河堤社区服务中心",
        starts_at=local(start), ends_at=local(start + timedelta(hours=2)), about="量血压、看慢性病",
    )  # fmt: skip
    row = Activity.objects.get()
    at_desk, own = f"/desk/activities/{row.code}/", f"/work/activities/{row.code}/"
    convener.sends("/announce/")

    phones = {name: visitor(size=PHONE).signs_in(name).goes_to(own) for name in SIX}
    member = phones["member"].sends("/sign_up/")
    for name in SIX[1:]:
        actions.sign_up(row.code, by=getattr(world, name))
    handed_in = []
    for phone in phones.values():
        phone.page.on("request", lambda asked: asked.method == "POST" and handed_in.append(asked.url))
    looked_over(member, axe)
    convener.goes_to(f"{at_desk}code/").reads("半分钟换一次")
    looked_over(convener, axe)
    for phone in phones.values():
        loses_the_signal(phone)
    kept = {name: scans(phone, row) for name, phone in phones.items()}
    assert [len(one) for one in kept.values()] == [1] * 6
    member.page.wait_for_timeout(1100)
    member.page.reload()
    expect(member.page.locator("[data-said=kept]")).to_be_visible()
    assert member.page.evaluate(SCANS) == kept["member"]  # loaded anew, the moment of the scan stays
    assert not Participation.objects.filter(state="came").exists()
    for phone in phones.values():
        phone.context.set_offline(False)
    for phone in phones.values():
        expect(phone.page.get_by_text("您签过到了")).to_be_visible(timeout=30_000)
    looked_over(member, axe)
    member.goes_to(f"{own}here/?c={codes.shown(row.code)}").reads("签过到了")
    assert not member.page.locator("form[data-here]").count()
    assert [phone.page.evaluate(SCANS) for phone in phones.values()] == [[]] * 6
    assert len(handed_in) == 6
    parts = Participation.objects.values_list("person", "state", "by_code", "late")
    assert sorted(parts) == sorted((getattr(world, name).key, "came", True, False) for name in SIX)
    assert Act.objects.filter(name="participation_came").count() == 6

    clock_for_all(start + timedelta(hours=3))
    convener = visitor().signs_in("convener")
    convener.goes_to(at_desk).sends(
        "/record/", patients_treated="34", lead=[world.convener.key], helpers="尤护士长",
        minutes="看了三十四人次", consent="每一位当场问过", photos=[photo()],
    )  # fmt: skip
    convener.reads("34 人次")
    assert Participation.objects.filter(state="came").count() == 6
    officer = visitor().signs_in("officer")
    officer.goes_to(at_desk)
    looked_over(officer, axe)
    officer.sends("/publish/", photos=True, agreed=True).reads("公开了")

    verified()
    stranger = visitor(size=PHONE)
    stranger.goes_to("/activities/").reads("河堤社区坐诊日")
    stranger.goes_to("/data/990101/patients_treated/")
    expect(stranger.page.locator(".big")).to_have_text("34 人次")
    stranger.page.locator("#records").get_by_role("link", name="河堤社区坐诊日").click()
    stranger.page.wait_for_url(f"**/activities/{row.code}/")
    stranger.reads("看诊34人次")
    looked_over(stranger, axe)
    visitor().signs_in("member").goes_to("/work/statement/").reads("参加活动")


def test_seven_trips_of_a_series_add_up_to_1697(world, visitor, axe, clock_for_all):
    convener = visitor().signs_in("convener")
    convener.goes_to("/desk/activities/series/")
    looked_over(convener, axe)
    convener.sends("/series/", name="送医送药进山", form="series").reads("建好了")
    series = Series.objects.get()
    rows = [
        announced(world, "medicine_trip", days=day, series=series.code, title=f"送医送药到第{day}个村")
        for day in range(3, 10)
    ]

    clock_for_all(rows[-1].ends_at + timedelta(hours=1))
    convener = visitor(scripts=False).signs_in("convener")
    for row, served in zip(rows, TRIPS, strict=True):
        convener.goes_to(f"/desk/activities/{row.code}/").sends(
            "/record/", residents_served=str(served), came=[world.member.key], lead=[world.convener.key]
        )
    convener.goes_to(f"/desk/activities/series/{series.code}/").reads("1,697 人次")
    convener.reads("第 7 次")
    verified()
    reader = visitor(size=PHONE)
    reader.goes_to("/data/990101/residents_served/")
    looked_over(reader, axe)
    expect(reader.page.locator(".big")).to_have_text("1,697 人次")
    told = reader.page.locator("#records .rec b").all_inner_texts()
    assert sorted(told) == sorted(row.title for row in rows)
    reader.page.get_by_role("link", name=rows[3].title).click()
    reader.page.wait_for_url(f"**/activities/{rows[3].code}/")
    assert sum(Measured.objects.values_list("value", flat=True)) == 1697


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
