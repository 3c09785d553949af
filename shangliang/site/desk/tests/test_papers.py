"""What the desk prints as PDF, read back: its words, and its codes as a phone reads them."""

import re
import secrets
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shangliang.base import clock
from shangliang.base.journal.codes import meant
from shangliang.base.journal.models import Act
from shangliang.base.paper.tests import reading
from shangliang.base.people.models import Person
from shangliang.flow.activities.tests.story import announced, held, planned
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.studios import seatcodes
from shangliang.flow.studios.models import Slot
from shangliang.flow.voices import actions as voice_actions
from shangliang.flow.voices import paperforms, queries, tracking
from shangliang.flow.voices.models import PaperForm, Voice
from stories.world_topics import opened

NEVER = paperforms.number(2026, 9999)  # a number that could be, and was never printed

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_the_poster_says_where_when_and_whom_to_call(world, at_desk):
    studio = world.studio
    studio.phone, studio.hours, studio.motto = "0911-0000101", "周一至周五 9:00—17:00", "邻里事，商量着办"
    studio.save()
    answer = at_desk("convener").get("desk:studio_poster_pdf", studio.code)
    assert answer["Content-Type"] == "application/pdf"
    said = reading.text(answer.content)
    for words in (
        studio.name,
        studio.motto,
        studio.phone,
        "周一至周五9:00—17:00",
        "不用注册，一分钟",
        "示例",
    ):
        assert words in said
    door = reverse("voices:door", args=[studio.code])
    assert f"testserver{door}".rstrip("/") in said
    [code] = reading.codes(answer.content)
    assert code.text == f"http://testserver{door}"
    assert code.level == "Q"
    assert code.side > 50  # read from two steps away
    assert reading.quiet(answer.content)
    assert reading.sizes(answer.content) == [(210, 297)]


def test_a_long_name_and_nothing_else_known_still_fit_one_page(world, at_desk):
    studio = world.studio
    studio.name = "农业农村和生态环境界别委员工作室驻城关镇和平路社区党群服务中心联络站（第三工作点）"
    studio.phone = studio.hours = studio.motto = studio.address = ""
    studio.online = "offline"
    studio.save()
    pdf = at_desk("officer").get("desk:studio_poster_pdf", studio.code).content
    assert len(reading.pages(pdf)) == 1
    assert studio.name in reading.text(pdf)
    assert "打电话" not in reading.text(pdf)
    assert "还打不开" in reading.text(pdf)


def test_who_has_no_part_in_the_studio_prints_no_poster(world, at_desk):
    assert at_desk("handler").get("desk:studio_poster_pdf", world.studio.code).status_code == 403


@pytest.mark.parametrize(("size", "sheet", "least"), [("a4", (210, 297), 60), ("a6", (105, 148), 30)])
def test_a_members_sheet_names_them_and_opens_the_door_of_their_studio(world, at_desk, size, sheet, least):
    studio, person = world.studio, Person.objects.get(key=world.member.key)
    studio.phone, studio.motto = "0911-0000101", "邻里事，商量着办"
    studio.save()
    person.name = "岳䶮龘"
    person.save()
    Slot.objects.create(studio=studio, weekday=3, start=time(9), end=time(11, 30), duty=person.key)
    Slot.objects.create(studio=studio, weekday=1, start=time(14), end=time(16))
    where = ("desk:member_sheet", studio.code, person.key)
    at_desk("convener")
    pdf = at_desk.client.get(reverse(where[0], args=where[1:]), {"size": size}).content
    assert reading.sizes(pdf) == [sheet]
    said = reading.text(pdf)
    for words in ("岳䶮龘", studio.name, studio.motto, studio.phone, "每周四9:00—11:30", "示例"):
        assert words in said
    assert "14:00" not in said  # a colleague's turn
    assert reading.inked(pdf, "岳䶮龘")
    door = reverse("voices:member_door", args=[studio.code, seatcodes.of(studio.code, person.key)])
    assert f"testserver{door}".rstrip("/") in said
    [code] = reading.codes(pdf, dpi=300)
    assert (code.text, code.level) == (f"http://testserver{door}", "Q")
    assert person.key not in door  # the journal says who acted by it: it hangs on no wall
    assert code.side > least
    assert reading.quiet(pdf)
    own = at_desk("member").client.get(reverse("workbench:sheet", args=[studio.code]), {"size": size})
    assert reading.text(own.content) == said
    assert at_desk.client.get(reverse("workbench:sheet", args=[world.other.code])).status_code == 404


def test_nobody_gets_a_sheet_in_a_studio_where_they_do_not_sit(world, at_desk):
    assert (
        at_desk("convener").get("desk:member_sheet", world.studio.code, world.handler.key).status_code == 404
    )
    assert at_desk("handler").get("desk:member_sheet", world.studio.code, world.member.key).status_code == 403
    page = at_desk("convener").get("desk:studio", world.studio.code).text
    assert reverse("desk:member_sheet", args=[world.studio.code, world.member.key]) in page
    today = at_desk("member").get("workbench:today").text
    assert reverse("workbench:sheet", args=[world.studio.code]) in today
    assert reverse("workbench:sheet", args=[world.other.code]) not in today


def test_the_sheet_of_an_activity_leads_to_its_public_page(world, at_desk):
    world.studio.phone = "0911-0000101"
    world.studio.save()
    title = "东街社区、西街社区周末义诊和用药咨询，家里有老人的都来㙍头村小学量一量"
    day = clock.start_of(clock.today() + timedelta(days=3))
    hours = {"starts_at": day + timedelta(hours=9), "ends_at": day + timedelta(hours=12)}
    row = announced(world, title=title, partners="县医院", about="量血压、看片子。" * 40, **hours)
    pdf = at_desk("convener").get("desk:activity_poster_pdf", row.code).content
    assert reading.sizes(pdf) == [(210, 297)]
    said = reading.text(pdf)
    for words in (title, "东街社区广场", world.studio.name, "县医院", "0911-0000101", "示例"):
        assert words in said
    assert f"{timezone.localtime(row.starts_at):%H:%M}—{timezone.localtime(row.ends_at):%H:%M}" in said
    assert reading.inked(pdf, "㙍")
    [code] = reading.codes(pdf)
    page = reverse("activities:activity", args=[row.code])
    assert (code.text, code.level) == (f"http://testserver{page}", "Q")
    assert code.side > 45
    assert reading.quiet(pdf)
    assert at_desk.client.get(code.text.removeprefix("http://testserver")).status_code == 200
    assert reverse("desk:activity_poster_pdf", args=[row.code]) in at_desk.get("desk:activity", row.code).text
    assert at_desk("other_convener").get("desk:activity_poster_pdf", row.code).status_code == 403


def test_long_words_of_an_activity_still_leave_room_for_its_code(world, at_desk):
    long = {"title": "义" * 60, "place": "街" * 100, "partners": "院" * 200, "about": "量血压。" * 100}
    row = announced(world, **long)
    pdf = at_desk("convener").get("desk:activity_poster_pdf", row.code).content
    assert len(reading.pages(pdf)) == 1
    said = reading.text(pdf)
    assert ("义" * 60 in said, "街" * 100 in said, "量血压" in said) == (True, True, False)
    assert reading.quiet(pdf)


def test_what_is_not_announced_or_not_for_everybody_has_no_sheet(world, at_desk):
    rows = [planned(world), announced(world, "help_over_time"), held(world)]
    for row in rows:
        assert at_desk("convener").get("desk:activity_poster_pdf", row.code).status_code == 409
        where = reverse("desk:activity_poster_pdf", args=[row.code])
        assert where not in at_desk.get("desk:activity", row.code).text
    away = announced(world)
    world.studio.online = "offline"
    world.studio.save()
    assert at_desk.get("desk:activity_poster_pdf", away.code).status_code == 409


def drawn(at_desk, studio, who="convener", count=2):
    at_desk(who).post("desk:studio_forms", studio.code, count=count)
    return at_desk.get("desk:studio_forms_pdf", studio.code)


def stubs(pdf):
    """(number, tracking code) of each page, as its taker reads them."""
    found = []
    for page in reading.pages(pdf):
        number = re.search(r"\d{4}-\d{5}-\d", page).group()
        code = re.search(r"\b[0-9A-Z]{4} +[0-9A-Z]{4} +[0-9A-Z]{4}\b", page).group()
        found.append((number, meant(code)))
    return found


def told(world, number, **more):
    said = {"words": "村口的渠堵了半个月，浇不上地", "channel": "paper", "consent": "on", "paper": number}
    return said | {"studio": world.studio.code, "said_on": clock.today().isoformat()} | more


def test_a_form_on_paper_comes_in_once_and_its_stub_opens_the_thread(world, at_desk, client):
    pdf = drawn(at_desk, world.studio).content
    (number, code), (_other, unused) = stubs(pdf)
    assert [c.level for c in reading.codes(pdf)] == ["Q"] * 4  # the door and the way to track, on each page
    assert len({c.text for c in reading.codes(pdf)}) == 2
    assert not Voice.objects.exists()
    answer = at_desk("officer").post("desk:record", **told(world, number))
    voice = Voice.objects.get()
    assert answer["Location"] == reverse("desk:voice", args=[voice.code])  # no slip: the taker has the code
    assert queries.by_tracking_code(code) == voice
    assert queries.by_tracking_code(unused) is None
    assert Act.objects.get(name="voice_recorded").facts["paper"] == number
    again = at_desk("member").post(
        "desk:record", **told(world, number.replace("-", " "), words="渠还堵着没人管")
    )
    assert again.status_code == 422
    assert f"已经录过了，是 {voice.number}" in again.text
    assert "渠还堵着没人管" in again.text  # nothing typed is lost
    assert Voice.objects.count() == 1
    page = at_desk("convener").get("desk:studio_forms", world.studio.code)
    assert "一共印过 2 张，录进来 1 张" in page.text


@pytest.mark.parametrize(
    ("typed", "more", "said"),
    [
        (NEVER[:-1] + "9", {}, "号抄错了一位"),
        ("渠首村", {}, "号抄错了一位"),
        (NEVER, {}, "没有印过这个号"),
        (NEVER, {"channel": "phone"}, "选「纸条」"),
    ],
)
def test_a_number_that_cannot_be_is_told_at_its_field(world, at_desk, typed, more, said):
    answer = at_desk("officer").post("desk:record", **told(world, typed, **more))
    assert answer.status_code == 422
    assert said in answer.text
    assert not Voice.objects.exists()


def test_a_form_is_recorded_where_it_was_printed(world, at_desk):
    other = world.other
    [(number, _code)] = stubs(drawn(at_desk, other, "officer", 1).content)
    answer = at_desk("officer").post("desk:record", **told(world, number))
    assert answer.status_code == 422
    assert "是农业界委员工作室印的" in answer.text


def test_the_codes_of_a_batch_can_be_had_for_half_an_hour_by_whoever_drew_it(world, at_desk):
    drawn(at_desk, world.studio)
    assert at_desk("deputy").get("desk:studio_forms_pdf", world.studio.code).status_code == 302
    drawn(at_desk, world.studio)
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert at_desk.get("desk:studio_forms_pdf", world.studio.code).status_code == 302
    digests = set(PaperForm.objects.values_list("code_hash", flat=True))
    assert len(digests) == 4
    assert {len(one) for one in digests} == {64}  # digests only: no code lies there


def test_printing_twice_by_one_form_draws_one_batch(world, at_desk):
    key = secrets.token_urlsafe(16)
    for _n in range(2):
        at_desk("convener").post("desk:studio_forms", world.studio.code, count=3, key=key)
    assert PaperForm.objects.count() == 3
    assert Act.objects.filter(name="paper_forms_printed").count() == 1
    assert at_desk("convener").post("desk:studio_forms", world.studio.code, count=51).status_code == 422
    assert at_desk("member").post("desk:studio_forms", world.studio.code, count=1).status_code == 403


def test_erasing_what_came_on_paper_ends_its_stub(world, at_desk):
    [(number, code)] = stubs(drawn(at_desk, world.studio, count=1).content)
    at_desk("officer").post("desk:record", **told(world, number))
    voice = queries.by_tracking_code(code)
    voice_actions.erase(voice.code, by=world.officer, way="written")
    assert queries.by_tracking_code(code) is None
    assert not PaperForm.objects.filter(code_hash=tracking.digest(code)).exists()


def test_the_slip_of_what_was_told_can_be_saved_while_the_code_is_shown(world, at_desk):
    said = told(world, "", channel="reception")
    page = at_desk("convener").post("desk:record", **said)
    slip = at_desk.client.get(page["Location"])
    code = re.search(r'name="code" value="([^"]+)"', slip.text).group(1)
    pdf = at_desk.client.post(reverse("voices:slip"), {"code": code}).content
    assert reading.quiet(pdf)
    assert "".join(code.split()) in reading.text(pdf)
    assert "代为记下" in reading.text(pdf)
    assert "浇不上地" not in reading.text(pdf)  # paper goes through many hands


def test_door_codes_as_cards_while_they_are_shown(world, at_desk):
    topic = opened(world)
    address = ("desk:door_codes_pdf", topic.code)
    assert at_desk("convener").get(*address).status_code == 302
    at_desk.post("desk:consultation_move", topic.code, "codes", number=12)
    pdf = at_desk.get(*address).content
    pages = reading.pages(pdf)
    assert len(pages) == 2
    found = re.findall(r"^([0-9A-Z]{4}) +([0-9A-Z]{4})$", "\n".join(pages), re.M)
    assert len(set(found)) == 12
    assert consultations.enter(topic, "".join(found[0]))
    assert {c.level for c in reading.codes(pdf)} == {"Q"}
    assert at_desk("deputy").get(*address).status_code == 302
