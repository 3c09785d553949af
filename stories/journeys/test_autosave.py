"""What is written is kept while it is written, in a real browser: a new draft, no signal, another device."""

from shangliang.base.people.models import Role
from shangliang.flow.proposals.models import Proposal
from shangliang.flow.proposals.tests.story import TEXT
from shangliang.flow.reports.models import OpinionReport
from shangliang.flow.reports.tests import story as reports

from ..world_people import grant
from .ways import BROWSER, looked_over

pytestmark = BROWSER
SOON = 60_000


def writes(person, **said):
    """Types, and looks up for a minute."""
    person.fills(person.page.locator("form[data-autosave]"), **said)
    person.page.clock.fast_forward(SOON)


def says(person, words):
    person.page.locator("[data-autosave-said]", has_text=words).wait_for()


def kept():
    return str(Proposal.objects.get().advice)


def test_a_draft_is_kept_while_it_is_written(world, visitor, axe):
    grant(world, "member", "", Role.MEMBER, committee=world.city)
    member = visitor()
    member.page.clock.install()
    member.signs_in("member").goes_to("/work/proposals/write/")
    writes(member, title=TEXT["title"], situation=TEXT["situation"])
    says(member, "已自动保存")
    made = Proposal.objects.get()
    assert member.page.url.endswith(f"/work/proposals/{made.code}/")
    assert made.committee == world.city  # the first to choose from
    writes(member, committee="990101", advice="由城管局统一接管，没有信号的时候写的。")
    member.page.locator("[data-autosave-line]", has_text="已自动保存").wait_for()
    looked_over(member, axe)

    member.page.context.set_offline(True)
    writes(member, advice="由城管局统一接管，写到一半没有信号了。")
    says(member, "没有自动存上")
    member.page.context.set_offline(False)
    member.page.clock.fast_forward(SOON)
    says(member, "已自动保存")
    member.page.wait_for_timeout(200)
    assert kept() == "由城管局统一接管，写到一半没有信号了。"
    assert Proposal.objects.get().committee == world.county

    phone = visitor(size={"width": 390, "height": 844})
    phone.page.clock.install()
    phone.signs_in("member").goes_to(f"/work/proposals/{made.code}/")
    writes(phone, advice="在手机上改过的建议，列入年度计划。")
    says(phone, "已自动保存")
    looked_over(phone, axe)
    writes(member, advice="在电脑上接着写的建议，没有看到手机上的。")
    says(member, "在别处刚改过")
    assert kept() == "在手机上改过的建议，列入年度计划。"
    field = member.page.locator("textarea[name=advice]")
    assert field.input_value() == "在电脑上接着写的建议，没有看到手机上的。"
    member.page.get_by_role("button", name="存下").click()
    member.page.get_by_text("您写的都还在").first.wait_for()
    assert "没有看到手机上的" in member.page.content()

    field = phone.page.locator("textarea[name=advice]")
    field.fill("交以前最后改的建议，由城管局接管。")  # and sent at once, before anything keeps it by itself
    phone.page.get_by_role("button", name="交提案").click()
    phone.page.get_by_text("交上去了").wait_for()
    assert kept() == "交以前最后改的建议，由城管局接管。"


def test_earlier_reports_alike_come_while_one_writes(world, visitor, axe):
    earlier, _bulletin = reports.issued(world)
    reports.endorsed(world, earlier)
    member = visitor(size={"width": 390, "height": 844})
    member.page.clock.install()
    member.signs_in("member2").goes_to("/work/reports/write/")
    member.reads("题目写好、存上以后，按您写的找")
    writes(member, title="关于食堂饭菜凉了的情况", situation="午饭送到学校就凉了。")
    says(member, "已自动保存")
    member.page.get_by_text("没有找到").wait_for()
    made = OpinionReport.objects.get(person=world.member2.key)
    texts = (reports.SAID.title, reports.SAID.situation)
    writes(member, title=f"再说{texts[0]}", situation=texts[1])
    alike = member.page.locator(".sim")
    alike.get_by_text(str(earlier.title)).wait_for()
    assert "示例市市长批示" in alike.inner_text()
    assert member.page.url.endswith(f"/work/reports/{made.code}/")  # still on the page where one writes
    assert member.page.locator("textarea[name=situation]").input_value() == texts[1]
    looked_over(member, axe)

    again = visitor()
    again.page.clock.install()
    again.signs_in("member2").goes_to(f"/work/reports/{made.code}/")
    again.page.locator(".sim").get_by_text(str(earlier.title)).wait_for()
    writes(again, title="关于食堂饭菜凉了的情况", situation="午饭送到学校就凉了。", advice="")
    again.page.get_by_text("没有找到").wait_for()
