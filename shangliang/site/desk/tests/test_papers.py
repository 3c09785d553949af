"""What the desk prints as PDF, read back: its words, and its codes as a phone reads them."""

import re
import secrets
from datetime import timedelta

import pytest
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.journal.codes import meant
from shangliang.base.journal.models import Act
from shangliang.base.paper.tests import reading
from shangliang.flow.consultations import actions as consultations
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
