"""Calendars as RFC 5545 wants them."""

import re
from datetime import timedelta

from shangliang.base import clock
from shangliang.flow.activities import actions, feeds

from .story import announced, held, planned, planned_for


def unfolded(body):
    return re.sub("\r\n ", "", body.decode()).split("\r\n")


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def test_lines_end_in_crlf_and_are_folded_within_characters(world, client):
    announced(
        world,
        title="东街社区、西街社区和草坪村三处一起办的春季义诊、法律咨询，还有送药",
        about="带身份证;\n早点来" * 9,
    )
    body = read(client, f"/activities/calendar/studio/{world.studio.code}.ics")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines)
    found = unfolded(body)
    assert any(line.startswith("DESCRIPTION:") and "\\;\\n早点来" in line for line in found)
    assert [line for line in found if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]


def test_a_changed_one_keeps_its_name_and_counts_on_a_cancelled_one_stays(world, client):
    row = announced(world)
    address = f"/activities/calendar/{world.county.code}.ics"

    def said(name):
        [line] = [line for line in unfolded(read(client, address)) if line.startswith(f"{name}:")]
        return line.partition(":")[2]

    uid, first = said("UID"), int(said("SEQUENCE"))
    later = planned_for(days=5)
    actions.change(row.code, by=world.convener, seen=None, said=later)
    assert said("UID") == uid
    assert int(said("SEQUENCE")) > first
    assert said("DTSTART") == f"{later.starts_at:%Y%m%dT%H%M%SZ}"
    assert said("STATUS") == "CONFIRMED"
    actions.cancel(row.code, by=world.convener, seen=None, words="广场那天要修路")
    assert said("STATUS") == "CANCELLED"
    assert said("UID") == uid


def test_what_is_not_public_is_in_no_public_calendar(world, client):
    planned(world)
    held(world, "dispute", measures={}, how={"outcome": "settled"})
    for address in (f"studio/{world.studio.code}", world.county.code, world.city.code):
        assert "VEVENT" not in "\n".join(unfolded(read(client, f"/activities/calendar/{address}.ics")))
    assert client.get("/activities/calendar/studio/nosuch.ics").status_code == 404
    with clock.at(clock.now() + timedelta(days=1)):
        announced(world)
    assert "VEVENT" in "\n".join(unfolded(read(client, f"/activities/calendar/{world.city.code}.ics")))


def test_an_own_calendar_tells_no_mediation(world):
    row = announced(world, "dispute", title="张李两家的院墙", place="李家门口", about="两家都请到")
    row = actions.cancel(row.code, by=world.convener, seen=None, words="张家不来了")
    body = feeds.calendar("我的", [row], lambda _row: "https://example.invalid/").decode()
    assert f"SUMMARY:{row.host}" in body
    for told in ("张李", "门口", "请到", "不来", "LOCATION", "DESCRIPTION"):
        assert told not in body


def test_only_control_characters_are_dropped():
    assert feeds._text("义诊\x07\u3000东街\u00a0A\ud800👨\u200d👩") == "义诊\u3000东街\u00a0A👨\u200d👩"
