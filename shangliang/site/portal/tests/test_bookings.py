"""A resident books, comes back by the code, gives the time back: without an account and without a script."""

import re
import secrets
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.people import actions as people
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import Booking

MONDAY = clock.start_of(date(2026, 11, 23)) + timedelta(hours=8)


@pytest.fixture
def studio(world):
    one = queries.door(world.studio.code)
    line = {"weekday": 3, "start": time(9), "end": time(9, 40), "duty": world.member.key}
    with clock.at(MONDAY):
        actions.set_timetable(one.code, by=world.convener, seen=one.version, slots=[line])
        yield queries.door(one.code)


def book(client, studio, at="09:00", **said):
    said = {"key": secrets.token_urlsafe(16), "day": "2026-11-26", "at": at} | said
    return client.post(reverse("portal:book", args=[studio.code]), said)


def send(client, move, seen=1):
    return client.post(
        reverse("portal:booking_move", args=[move]), {"key": secrets.token_urlsafe(16), "seen": seen}
    )


def mine(client):
    return client.get(reverse("portal:booking"))


def test_from_the_studios_page_to_the_code_and_back(studio, client):
    page = client.get(reverse("portal:studio", args=[studio.code]))
    assert reverse("portal:book", args=[studio.code]) in page.text
    page = client.get(reverse("portal:book", args=[studio.code]))
    assert "9:20—9:40" in page.text
    assert "岳委员" in page.text
    assert book(client, studio, phone="13912345678").status_code == 303
    first = mine(client).text
    code = "".join(re.findall(r"<span>([0-9A-Z]{4})</span>", first))
    assert len(code) == 8
    assert "139 **** 5678" in first
    assert code[:4] not in mine(client).text  # shown once
    other = Client()
    assert other.post(reverse("portal:ticket"), {"code": f"{code[:4]} {code[4:].lower()}"}).status_code == 303
    assert "9:00—9:20" in mine(other).text
    assert send(other, "cancel").status_code == 303
    assert Booking.objects.get().state == "cancelled"


def test_a_time_that_was_taken_meanwhile_is_told_and_the_rest_kept(studio, client):
    book(Client(), studio)
    late = book(client, studio, phone="13912345678")
    assert late.status_code == 422
    assert "刚被别人约走了" in late.text
    assert "13912345678" in late.text
    assert "9:20—9:40" in late.text


def test_a_full_day_has_a_waiting_list(studio, client):
    for at in ("09:00", "09:20"):
        book(Client(), studio, at)
    assert "约满了" in client.get(reverse("portal:book", args=[studio.code])).text
    assert book(client, studio, "wait").status_code == 303
    assert "候补" in mine(client).text


def test_a_form_sent_twice_books_once(studio, client):
    key = secrets.token_urlsafe(16)
    assert [book(client, studio, key=key).status_code for _n in range(2)] == [303, 303]
    assert Booking.objects.count() == 1


def test_codes_are_not_guessed(studio, client):
    answers = [client.post(reverse("portal:ticket"), {"code": f"7K2M 0Q{n:02d}"}) for n in range(12)]
    assert {one.status_code for one in answers} == {422, 429}
    assert client.post(reverse("portal:ticket"), {"code": "short"}).status_code == 422


def test_nobody_else_opens_it(studio, client, world):
    book(client, studio)
    assert mine(Client()).status_code == 302
    assert send(Client(), "cancel").status_code == 403
    assert Booking.objects.get().state == "booked"


def test_half_an_hour_later_the_code_is_asked_for_again(studio, client):
    book(client, studio)
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert mine(client).status_code == 302


def test_what_was_left_is_erased_from_the_page(studio, client):
    book(client, studio, phone="13912345678")
    assert send(client, "erase").status_code == 303
    assert mine(client).status_code == 302
    assert Booking.objects.get().code_hash.startswith("erased:")


def test_many_at_once_from_one_network_are_asked_to_wait(studio, client):
    key = secrets.token_urlsafe(16)
    client.get(reverse("portal:book", args=[studio.code]))
    assert book(client, studio, key=key).status_code == 303
    answers = [book(client, studio, "09:59") for _n in range(29)]
    assert {one.status_code for one in answers} == {422}
    late = book(client, studio, "09:20", phone="13912345678")
    assert late.status_code == 429
    assert "约得太多了" in late.text
    assert "13912345678" in late.text
    assert book(client, studio, key=key).status_code == 303  # the one that was taken, sent again


@pytest.mark.parametrize("left", [True, False])
def test_a_day_that_can_no_longer_be_booked_is_told_and_the_phone_kept(studio, client, world, left):
    slots = [{"weekday": 1, "start": time(9), "end": time(10)}] if left else []
    actions.set_timetable(studio.code, by=world.convener, seen=studio.version, slots=slots)
    late = book(client, studio, phone="13912345678")
    assert late.status_code == 422
    assert "这一天约不了了，另选一天。" in late.text
    assert ("13912345678" in late.text) == left
    assert ('value="2026-11-24"' in late.text) == left


def test_the_pages_ask_no_more_for_a_full_day(studio, client, django_assert_max_num_queries):
    where = reverse("portal:book", args=[studio.code])
    client.get(where)
    book(Client(), studio)
    with django_assert_max_num_queries(12):
        assert client.get(where).status_code == 200


def test_who_left_the_studio_stands_on_none_of_its_public_pages(studio, client, world):
    pages = [reverse(name, args=[studio.code]) for name in ("portal:studio", "portal:book")]
    assert all("岳委员" in client.get(page).text for page in pages)
    for post in queries.members_of(studio):
        if post.holder.key == world.member.key:
            people.end_post(post, by=world.officer.key)
    assert not any("岳委员" in client.get(page).text for page in pages)
