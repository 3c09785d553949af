"""The member's pages: today, the statement, an entry opened."""

from datetime import UTC, date, datetime

import pytest

from shangliang.base import clock
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points.models import Entry
from stories import world_topics

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def received(world):
    return studios.hold_reception(
        world.studio.code, by=world.convener, day=date(2026, 11, 20), residents=9, members=[world.member.key]
    )


def sign_in(client, world, name):
    client.force_login(world.accounts[name])
    return client


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_today_tells_what_waits(client, world, received):
    topic = world_topics.opened(world)
    page = text(sign_in(client, world, "member"), "/work/")
    assert topic.title in page
    assert "履职明白账" in page
    assert "2" in page


def test_the_convener_sees_what_the_studio_must_take_up(client, world):
    voice = world_topics.a_voice(world)
    page = text(sign_in(client, world, "convener"), "/work/")
    assert f"/desk/voices/{voice.code}/" in page


@pytest.mark.parametrize("decision", ["adopt", "not"])
def test_what_the_member_proposed_waits_for_their_own_word_and_leads_to_where_it_is_said(
    client, world, decision
):
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "登记要快。", "登记受损田块")
    [row] = world_topics.sent(world, topic)
    sign_in(client, world, "member")
    way = f"/consultations/{topic.code}/#judge-{row.number}"
    assert way not in text(client, "/work/")
    world_topics.answered(world, row, decision)
    if decision == "adopt":  # there is nothing to judge before it is done
        assert way not in text(client, "/work/")
        world_topics.done(world, row)
    assert way in text(client, "/work/")
    assert f'id="judge-{row.number}"' in text(client, f"/consultations/{topic.code}/")
    assert way not in text(sign_in(client, world, "member2"), "/work/")
    consultations.judge(row.code, by=world.member, verdict="solved")
    assert way not in text(sign_in(client, world, "member"), "/work/")


@pytest.mark.parametrize("name", ["officer", "handler", "auditor", "leader"])
def test_who_is_no_member_has_no_today(client, world, name):
    text(sign_in(client, world, name), "/work/", 403)


def test_the_statement_opens_to_the_act_and_its_record(client, world, received):
    entry = Entry.objects.get()
    page = text(sign_in(client, world, "member"), "/work/statement/")
    assert "+2.0" in page
    assert f"/work/statement/{entry.code}/" in page
    opened = text(client, f"/work/statement/{entry.code}/")
    assert "记了一次接待" in opened
    assert "接待群众" in opened
    assert f"/studios/{world.studio.code}/" in opened


def test_the_office_reads_its_members_statements_and_nobody_elses(client, world, received):
    entry, key = Entry.objects.get(), world.member.key
    for name, status in {
        "officer": 200, "leader": 200, "auditor": 200, "member2": 404, "convener": 404, "handler": 404,
        "neighbour_officer": 404, "city_officer": 404, "operator": 404,
    }.items():  # fmt: skip
        sign_in(client, world, name)
        text(client, f"/work/statement/?member={key}", status)
        text(client, f"/work/statement/{entry.code}/", status)


def test_a_stranger_is_asked_to_sign_in(client, world):
    for address in ("/work/", "/work/statement/", "/work/statement/0000000000/"):
        assert client.get(address).status_code == 302


def test_years_and_unknown_members(client, world, received):
    sign_in(client, world, "member")
    for year in ("2026", "2025", "2099", "x"):
        text(client, f"/work/statement/?year={year}")
    text(client, "/work/statement/?member=nobody", 404)


def test_the_statement_asks_as_many_questions_for_one_as_for_fifty(client, world, django_assert_num_queries):
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def receive():
        studios.hold_reception(
            world.studio.code,
            by=world.convener,
            day=date(2026, 11, 20),
            residents=9,
            members=[world.member.key],
        )

    receive()
    sign_in(client, world, "member")
    client.get("/work/statement/")
    caches["pages"].clear()  # drawn anew each time
    with CaptureQueriesContext(connection) as few:
        client.get("/work/statement/")
    for _again in range(30):
        receive()
    with django_assert_num_queries(len(few)):
        client.get("/work/statement/")
