"""Points at the desk: the tariff chosen, doubts answered, quarters closed."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.charts.models import Reply
from shangliang.base.journal.models import Act
from shangliang.base.people.queries import actor_of
from shangliang.flow.activities.tests.story import held
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.notices.who import seats
from shangliang.ledgers.points import actions, queries
from shangliang.ledgers.points.models import Choice, Closing, Entry, Objection
from shangliang.ledgers.points.tests.test_choosing import OURS
from stories.world_people import grant

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)
WRONG = "这一场我没有到，记错人了。"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def doubted(world, by="convener"):
    studios.hold_reception(
        world.studio.code, by=getattr(world, by), day=date(2026, 11, 20), residents=5,
        members=[world.member.key],
    )  # fmt: skip
    entry = Entry.objects.latest("act_id")
    return actions.object_(by=world.member, words=WRONG, entry=entry.code)


# ── The tariff ──
def test_a_preset_is_chosen_with_its_source_and_what_it_does_not_give(world, at_desk):
    officer = at_desk("officer")
    page = officer.get("desk:tariff_choose").text
    assert "http://ahtczxw.gov.cn/news/Notice/28.html" in page
    assert "公益加多少、能不能超过 100 分" in page
    assert "本平台现在记不到：书面发言、公益" in page
    answer = officer.post("desk:tariff_choose", preset="tongcheng-2019", since="2027-01-01")
    assert answer.status_code == 302
    page = officer.get("desk:tariff_choose").text
    assert "2027年1月1日起" in page
    assert "从今天起" not in page
    assert Choice.objects.get().preset == "tongcheng-2019"


def test_a_file_of_its_own(world, at_desk):
    officer = at_desk("officer")
    said = {"preset": "own", "since": "2026-11-23"}
    for file in (None, b"name: [", b"\xff\xfe", OURS.encode() + b"#" * 160_000, "年".encode() * 40_001):
        files = {"file": SimpleUploadedFile("ours.yaml", file)} if file else {}
        answer = officer.post("desk:tariff_choose", **said, **files)
        assert answer.status_code == 422
        assert "出错" in answer.text
    assert not Choice.objects.exists()
    file = SimpleUploadedFile("ours.yaml", OURS.encode())
    answer = officer.post("desk:tariff_choose", **said, file=file)
    assert answer.status_code == 302
    assert "清溪县政协履职积分" in officer.get("desk:tariff").text


TRY = {"preset": "jinan-2015", "year": "2026", "try": "1"}


def test_any_tariff_is_tried_on_a_year_before_it_is_chosen(world, at_desk):
    receive(world, date(2026, 11, 20))
    officer = at_desk("officer")
    tables = (Act, Entry, Choice, Reply)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    # a preset: a reception brings 2 by the sample; by this one it is among the 70 that each begins with
    page = officer.post("desk:tariff_choose", **TRY)
    assert page.status_code == 200
    rows = page.text.partition("账有变化的委员")[2].partition("</table>")[0]
    assert [words in rows for words in (world.member.name, ">2.0<", ">70.0<", ">+68.0<")] == [True] * 4
    names = sorted([world.member.name, world.member2.name, world.convener.name])
    assert sorted(names, key=rows.index) == names, "by name, never by points"
    assert "本平台现在记不到的，这里也没有：公益" in page.text
    assert "哪天起</legend>" in page.text, "not optional to whoever chooses now"
    # the committee's own file: 60 to begin with, 7 for the reception
    own = TRY | {"preset": "own"}
    page = officer.post("desk:tariff_choose", **own, file=SimpleUploadedFile("ours.yaml", OURS.encode()))
    assert ">67.0<" in page.text.partition("账有变化的委员")[2].partition("</table>")[0]
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    # what was tried stands in the page, so it is chosen without being brought again
    text = html.unescape(re.search(r'name="text"[^>]*value="([^"]*)"', page.text)[1])
    answer = officer.post("desk:tariff_choose", preset="own", since="2026-11-23", text=text)
    assert answer.status_code == 302
    assert Choice.objects.get().text == OURS


@pytest.mark.parametrize(
    "said",
    [{"preset": "own"}, {"preset": "own", "text": "name: ["}, {"preset": "nowhere"}, {"year": "1999"}],
)
def test_what_cannot_be_tried_is_said(world, at_desk, said):
    page = at_desk("officer").post("desk:tariff_choose", **TRY | said)
    assert page.status_code == 422
    assert "出错" in page.text
    assert "账有变化的委员" not in page.text


def test_a_trial_opens_on_last_year_where_there_is_one(world, at_desk):
    officer, ticked = at_desk("officer"), re.compile(r'name="year" value="(\d+)"[^>]*checked')
    assert ticked.findall(officer.get("desk:tariff_choose").text) == ["2026"]
    with clock.at(datetime(2025, 11, 24, 2, tzinfo=UTC)):
        receive(world, date(2025, 11, 20))
    assert ticked.findall(officer.get("desk:tariff_choose").text) == ["2025"]
    assert "看看 2025 年的账" in officer.get("desk:tariff").text


def test_only_an_officer_of_the_committee_tries(world, at_desk):
    for who in ("leader", "auditor", "convener"):
        assert at_desk(who).post("desk:tariff_choose", **TRY).status_code == 403


def receive(world, day):
    studios.hold_reception(
        world.studio.code, by=world.officer, day=day, residents=5, members=[world.member.key]
    )


def test_a_day_that_is_no_choice_is_said(world, at_desk):
    answer = at_desk("officer").post("desk:tariff_choose", preset="simple", since="2026-01-01")
    assert answer.status_code == 422
    assert not Choice.objects.exists()


# ── Doubts ──
def test_an_objection_is_answered_at_the_desk(world, at_desk):
    asked = doubted(world)
    assert seats(Act.objects.get(name="points_objected")) == ["leaders:990101", "officers:990101"]
    officer = at_desk("officer")
    row = officer.get("desk:objections").text
    assert "接待群众" in row
    assert "12月7日" in row
    page = officer.get("desk:objection", asked.code).text
    assert WRONG in page
    assert world.convener.name in page
    kept = officer.post("desk:objection_move", asked.code, "uphold", seen=1, words="改过来了。")
    assert kept.status_code == 422
    assert "改过来了。" in kept.text
    stale = officer.post(
        "desk:objection_move", asked.code, "uphold", seen=7, words="改过来了。", reverse="on"
    )
    assert stale.status_code == 409
    assert "改过来了。" in stale.text
    done = officer.post("desk:objection_move", asked.code, "uphold", seen=1, words="核对了。", reverse="on")
    assert done.status_code == 302
    assert seats(Act.objects.get(name="points_objection_upheld")) == [f"person:{world.member.key}"]
    page = officer.get("desk:objection", asked.code).text
    assert "−2.0" in page
    assert asked.code in officer.get("desk:objections", tab="answered").text
    assert "这里现在没有" in officer.get("desk:objections").text


def test_a_missing_attendance_is_given_for_an_activity_of_that_day(world, at_desk):
    row = held(world, came=("deputy",))
    day = clock.local_day(row.starts_at)
    with clock.at(row.ends_at):
        asked = actions.object_(by=world.member, words="我去了，没有记。", committee=world.county, day=day)
        officer = at_desk("officer")
        assert row.title in officer.get("desk:objection", asked.code).text
        said = {"seen": 1, "words": "问过了，是来了。", "rule": "activity", "day": day.isoformat()}
        assert officer.post("desk:objection_move", asked.code, "uphold", of="x", **said).status_code == 422
        officer.post("desk:objection_move", asked.code, "uphold", of=row.subject, **said)
    assert Entry.objects.latest("pk").subject == row.subject


def test_one_more_entry_by_the_tariff_of_that_day(world, at_desk):
    asked = actions.object_(
        by=world.member, words="七月那场没有记。", committee=world.county, day=date(2026, 7, 3)
    )
    officer = at_desk("officer")
    said = {"seen": 1, "words": "补上了。", "rule": "recommendation"}
    wrongs = (
        {"day": ""},
        {"day": "2026-07-03", "points": "3.01"},
        {"day": "2026-12-01"},
        {"day": "0001-01-01"},
    )
    for wrong in wrongs:
        assert officer.post("desk:objection_move", asked.code, "uphold", **said, **wrong).status_code == 422
    right = {"day": "2026-07-03", "points": "1.5"}
    assert officer.post("desk:objection_move", asked.code, "uphold", **said, **right).status_code == 302
    assert Entry.objects.get().points == 150


def test_whoever_wrote_it_down_is_told_that_another_decides(world, at_desk):
    asked = doubted(world, by="officer")
    page = at_desk("officer").get("desk:objection", asked.code).text
    assert "由别的干部或者领导来决定" in page
    assert "怎么答复" not in page
    leader = at_desk("leader")
    assert (
        leader.post(
            "desk:objection_move", asked.code, "dismiss", seen=1, words="查过了，没有错。"
        ).status_code
        == 302
    )
    assert Objection.objects.get().state == "dismissed"


def test_fifty_doubts_ask_no_more_than_one(world, at_desk):
    officer, seen = at_desk("officer"), []
    for count in (1, 50):
        for n in range(count):
            member = actor_of(grant(world, f"zz{count}{n}", f"新委员{count}{n}", "member"))
            actions.object_(by=member, words="七月那场没有记。", committee=world.county, day=date(2026, 7, 3))
        officer.get("desk:objections")
        with CaptureQueriesContext(connection) as asked:
            page = officer.get("desk:objections")
        seen.append(len(asked))
    assert seen[0] == seen[1]
    assert "after=" in page.text


def test_files_of_ones_own_are_asked_for_together(world, at_desk):
    officer, seen = at_desk("officer"), []
    for count in (1, 9):
        for n in range(count):
            Choice.objects.create(
                committee=world.county, path=world.county.path, since=date(2027, 1, 1), text=f"{count}{n}",
                by=world.officer.key, at=clock.now(),
            )  # fmt: skip
        officer.get("desk:tariff_choose")
        with CaptureQueriesContext(connection) as asked:
            assert officer.get("desk:tariff_choose").status_code == 200
        seen.append(len(asked))
    assert seen[0] == seen[1]


# ── Closing ──
def test_a_quarter_is_closed_and_read_by_name(world, at_desk):
    with clock.at(datetime(2026, 8, 5, 2, tzinfo=UTC)):
        studios.hold_reception(
            world.studio.code,
            by=world.convener,
            day=date(2026, 8, 5),
            residents=5,
            members=[world.member.key],
        )
    officer = at_desk("officer")
    assert officer.post("desk:points", period="2026-4").status_code == 422
    assert officer.post("desk:points", period="2026-3").status_code == 302
    made = Closing.objects.get()
    page = officer.get("desk:points_closing", made.code).text
    assert world.member.name in page
    assert world.member2.name in page
    assert "<h2>事后更正" not in page
    entry = Entry.objects.get()
    asked = actions.object_(by=world.member, words=WRONG, entry=entry.code)
    actions.uphold(asked.code, by=world.officer, seen=None, words="核对了。", reverse=True)
    assert "<h2>事后更正" in officer.get("desk:points_closing", made.code).text
    assert at_desk("auditor").get("desk:points").status_code == 200
    assert at_desk("neighbour_officer").get("desk:points_closing", made.code).status_code == 404
    assert "第3季度" in at_desk("member").get("workbench:statement").text


def test_a_closing_of_fifty_asks_no_more_than_of_one(world, at_desk):
    officer, seen = at_desk("officer"), []
    for quarter, count in ((1, 0), (2, 50)):
        for n in range(count):
            grant(world, f"zz{n}", f"新委员{n}", "member")
        made = actions.close(world.county, by=world.officer, year=2026, quarter=quarter)
        officer.get("desk:points_closing", made.code)
        with CaptureQueriesContext(connection) as asked:
            officer.get("desk:points_closing", made.code)
        seen.append(len(asked))
        assert queries.frozen(made)
    assert seen[0] == seen[1]
