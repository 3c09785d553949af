"""A member's doubt of an entry in a real browser: upheld, the reversal shown, the paper checked."""

import re

from shangliang.base import clock
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points.models import Entry, Objection

from ..visitor import PHONE
from .ways import BROWSER, looked_over, verified

pytestmark = BROWSER
WRONG = "这一场我没有到，记错人了。"


def test_a_doubt_is_upheld_and_the_reversal_is_shown(world, visitor, axe):
    for _again in range(2):
        studios.hold_reception(
            world.studio.code, by=world.convener, day=clock.today(), residents=5, members=[world.member.key]
        )
    entry = Entry.objects.latest("act_id")

    member = visitor(size=PHONE).signs_in("member")
    member.goes_to(f"/work/statement/{entry.code}/")
    member.page.get_by_role("link", name="对这一笔有疑问").click()
    member.page.wait_for_url("**/work/objections/write/**")
    looked_over(member, axe)
    member.sends("/objections/write/", words=WRONG)
    member.reads("哪天前答复")
    looked_over(member, axe)
    asked = Objection.objects.get()

    officer = visitor().signs_in("officer")
    officer.goes_to("/desk/objections/").reads(world.member.name)
    looked_over(officer, axe)
    officer.goes_to(f"/desk/objections/{asked.code}/").reads(WRONG)
    looked_over(officer, axe)
    officer.sends("/uphold/", words="核对了签到表，您说得对。")
    officer.reads("冲销")

    member.goes_to("/work/statement/").reads("（冲销）")
    looked_over(member, axe)
    assert member.page.locator(".sum .big .v").inner_text().strip().startswith("2.0")
    lines = [row.points for row in Entry.objects.order_by("act_id")]
    assert lines == [200, 200, -200]
    member.goes_to(f"/work/objections/{asked.code}/").reads("您说得对")
    with member.page.expect_download() as paper:
        member.goes_to("/work/statement/")
        member.page.get_by_role("link", name="表格").click()
    assert paper.value.suggested_filename.endswith(".xlsx")

    officer.goes_to("/desk/tariff/choose/")
    looked_over(officer, axe)
    officer.goes_to("/desk/points/")
    looked_over(officer, axe)
    anybody = visitor(size=PHONE)
    anybody.goes_to("/points/check/?code=1234")
    looked_over(anybody, axe)
    anybody.sends("/points/check/", name="岳委员")
    anybody.reads("对不上")
    assert re.search(r"没有名单", anybody.page.locator("body").inner_text())
    verified()
