"""Two journeys of an office in a real browser: a studio goes online through county, city and province; a list
of members with a bad row is looked through, mended, and taken in."""

from shangliang.base.people.models import Post
from shangliang.base.ui.spreadsheets import as_workbook
from shangliang.flow.studios import queries
from shangliang.flow.studios.models import Roster

from ..visitor import PHONE
from ..world_studios import opened
from .ways import BROWSER, goes_on, looked_over, skips, types

pytestmark = BROWSER
HEAD = ["姓名", "登录名", "界别", "称呼", "工作室"]
LOOK = "看一遍，先不导入"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_studio_goes_online_through_county_city_and_province(world, visitor, axe):
    studio = opened(world, "河口委员工作室", convener="member2", seat="member")
    desk = f"/desk/studios/{studio.code}/"
    convener = visitor().signs_in("member2")
    receives_by_keys(convener.goes_to(f"{desk}day/").page)
    convener.goes_to(f"{desk}?form=apply").reads("12 人次")
    convener.sends("/apply/", why="河边住得散，想在网上也收话", best="码头的灯修好了")
    convener.reads("等本级政协审")

    leader = visitor(size=PHONE).signs_in("leader")
    leader.goes_to("/lead/studios/").reads("码头的灯修好了")
    looked_over(leader, axe)
    approves_by_keys(leader.page, "接待够数，有人值班")
    city = visitor(size=PHONE).signs_in("city_officer")
    city.goes_to("/desk/studios/approvals/").reads("接待够数，有人值班")
    looked_over(city, axe)
    approves_by_keys(city.page, "材料齐")
    stranger = visitor(size=PHONE, scripts=False)
    assert stranger.page.goto(f"{stranger.address}/s/{studio.code}/").status == 404
    province = visitor(scripts=False).signs_in("province_officer")
    province.goes_to("/desk/studios/approvals/").reads("材料齐")
    presses(province, "同意上线", reason="同意")
    stranger.goes_to(f"/s/{studio.code}/").reads("河口委员工作室")
    assert queries.door(studio.code).recheck_due is not None


def test_a_list_with_a_bad_row_is_mended_and_taken_in(world, visitor, axe):
    """On a phone's width; mended, it is looked through and taken in without scripts."""
    good = ["钟大山", "zhongdashan", "农业界", "养蜂人", "城关委员工作室"]
    officer = visitor(size=PHONE).signs_in("officer")
    officer.goes_to("/desk/studios/rosters/")
    looked_over(officer, axe)
    looks_by_keys(officer.page, a_list(HEAD, good, ["何委员", "", "", "", "河滩委员工作室"]))
    officer.reads("没有叫「河滩委员工作室」的工作室")
    assert officer.page.locator("form[action$='/take/']").count() == 0
    looked_over(officer, axe)
    plain = visitor(size=PHONE, scripts=False).signs_in("officer")
    plain.goes_to("/desk/studios/rosters/")
    looks_by_keys(plain.page, a_list(HEAD, good, ["何委员", "", "", "", "农业界委员工作室"]))
    plain.reads("新开账号")
    officer.page.goto(plain.page.url)
    looked_over(officer, axe)
    goes_on(plain.page, "form[action$='/take/'] button")
    plain.reads("导入了")
    assert Roster.objects.get(state="taken").seats == 2
    assert Post.objects.filter(holder__username="zhongdashan").count() == 2
    assert "何委员" in [post.holder.name for post in queries.members_of(world.other)]


def receives_by_keys(page):
    """From the day's page to a reception that was held, by the keyboard alone."""
    skips(page)
    goes_on(page, "a[href*='form=reception']")  # the next Tab goes into the form that it opens
    types(page, residents="12", members=True, note="多半问医保")
    goes_on(page, "form[action$='/reception/'] button[type=submit]")


def approves_by_keys(page, reason):
    types(page, reason=reason)
    goes_on(page, "form[action$='/approve/'] button")


def looks_by_keys(page, file):
    """A list picked and looked through, by the keyboard alone."""
    skips(page)
    types(page, file=file)
    goes_on(page, "form[enctype] button[type=submit]")


def presses(visitor, button, **said):
    """Fill in the form that has this button, and press it."""
    form = visitor.page.locator("form", has=visitor.page.get_by_role("button", name=button, exact=True)).first
    visitor.fills(form, **said)
    form.get_by_role("button", name=button, exact=True).click()
    visitor.page.wait_for_load_state()


def a_list(*rows):
    return {"name": "名册.xlsx", "mimeType": BOOK, "buffer": as_workbook(rows)}
