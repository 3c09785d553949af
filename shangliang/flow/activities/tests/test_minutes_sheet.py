"""The minutes of an activity on paper."""

import pytest
from django.utils import timezone

from shangliang.base import clock
from shangliang.base.paper.press import printed
from shangliang.base.paper.tests import reading
from shangliang.base.people import queries as people
from shangliang.flow.activities import actions, queries, sheets
from stories.pages import Signed

from .story import announced, held
from .test_who_did_what import doing

SAID = "来的人比上次多。\n下次带上便携心电图机。"


def said(row):
    parts = queries.parts(row)
    return sheets.minutes(
        row, queries.measures([row])[row.pk], parts, people.names(part.person for part in parts)
    )


def recorded(world, **how):
    """With one on leave, whose reason is for the organisers alone."""
    row = announced(world, partners="县医院")
    actions.sign_up(row.code, by=world.member2)
    actions.ask_leave(row.code, by=world.member2, reason="要去住院")
    record = actions.Record(
        measures={"free_clinic_visits": 34}, came=[world.member.key], lead=[world.convener.key], **how
    )
    with clock.at(row.ends_at):
        return actions.record_held(row.code, by=world.convener, seen=None, said=record)


def test_whoever_reads_the_record_has_its_minutes_as_a_sheet(client, world):
    how = {"did": doing(world, member="量血压"), "helpers": "尤护士长：登记", "minutes": SAID}
    row = recorded(world, **how)
    person = Signed(client, world)
    answer = person("member").get("activities:minutes", row.code)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    words = reading.text(answer.content)
    for wanted in (
        row.title, row.place, "县医院", "委员2位：段委员（牵头）、岳委员", "请来帮忙的1位", "四、请假",
        "何委员", "岳委员：量血压", "来帮忙的：登记", "义诊34人次", "七、情况", *SAID.splitlines(),
    ):  # fmt: skip
        assert "".join(wanted.split()) in words, wanted
    assert f"{timezone.localtime(row.starts_at):%Y年%-m月%-d日%H:%M}" in words
    assert "住院" not in words
    assert "尤护士长" not in words
    for name, status in {"officer": 200, "auditor": 200, "member2": 404, "handler": 404}.items():
        assert person(name).get("activities:minutes", row.code).status_code == status, name
    client.logout()
    assert client.get(f"/activities/{row.code}/minutes/").status_code == 404
    link = f"/activities/{row.code}/minutes/"
    assert link in person("convener").get("desk:activity", row.code).text
    assert link in person("member").get("workbench:activity", row.code).text
    assert link not in person("member2").get("workbench:activity", row.code).text


def test_before_there_is_a_record_there_is_no_sheet(client, world):
    row = announced(world)
    assert Signed(client, world)("convener").get("activities:minutes", row.code).status_code == 404


def test_of_a_mediation_it_says_that_it_is_never_public(world):
    row = held(world, "dispute", measures={}, how={"outcome": "settled"})
    text = said(row)["text"].splitlines()
    assert text[-1] == "这一类活动的记录永不公开，这一张也不外传。"
    assert text[text.index("五、量到的和结果") + 1] == "调解成了。"  # nobody says who did what


def test_its_pages_stand_on_the_standards_grid(world):
    """GB/T 9704-2012: margins 37, 35, 28, 26 mm, 22 lines of 28 characters, lines 28.99 pt apart."""
    row = recorded(world, minutes="\n".join(["水渠两岸住着人家" * 60] * 4))
    found = reading.grid(printed(sheets.MINUTES, said(row)), 1)
    assert (found.lines, found.characters) == (22, 28)
    assert (found.left, found.right) == (pytest.approx(28, abs=0.1), pytest.approx(26, abs=0.1))
    assert (found.pitch, found.advance) == (pytest.approx(28.99, abs=0.02), pytest.approx(15.79, abs=0.02))
    half = 28.99 / 2 / reading.MM
    assert (found.first - half, found.last - half) == (pytest.approx(37, abs=0.3), pytest.approx(35, abs=0.3))


def test_rare_characters_are_not_blank(world):
    rare = "镕堃喆玥旻昇翀犇赟"
    row = recorded(world, did=doing(world, member=f"陪{rare}"))
    assert reading.inked(printed(sheets.MINUTES, said(row)), rare)
