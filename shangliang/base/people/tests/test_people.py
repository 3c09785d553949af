from datetime import date, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import RequestFactory

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people import actions, queries
from shangliang.base.people.accounts import address
from shangliang.base.people.limits import allowed, forget_old
from shangliang.base.people.models import Look, PersonKey, Post, Role, Try
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import masked


def test_posts_make_the_actor_and_each_is_an_act(world):
    assert world.officer.holds(Role.OFFICER, committee=world.county.path)
    assert not world.officer.holds(Role.OFFICER, committee=world.neighbour.path)
    assert world.handler.departments() == {world.lamps.code}
    assert Act.objects.filter(name="post_granted").exists()


def test_a_post_begins_and_ends_on_its_days(world):
    person = world.accounts["officer"]
    until = clock.today() - timedelta(days=1)
    Post.objects.filter(holder=person).update(until=until)
    assert queries.actor_of(person).posts == ()
    actions.grant(
        person, Role.OFFICER, committee=world.county, by="clock", since=clock.today() + timedelta(days=1)
    )
    assert queries.actor_of(person).posts == ()


def test_ending_a_post_keeps_the_row_and_writes_an_act(world):
    post = Post.objects.get(holder=world.accounts["auditor"])
    actions.end_post(post, by=world.officer.key, on=date(2021, 1, 1))
    assert not queries.actor_of(world.accounts["auditor"]).posts
    assert Act.objects.filter(name="post_ended", facts__role="auditor").count() == 1


def test_a_post_ended_today_is_gone_at_once_and_one_ended_later_with_that_evening(world):
    now, later = (Post.objects.get(holder=world.accounts[name]) for name in ("officer", "leader"))
    actions.end_post(now, by="clock")
    assert queries.actor_of(world.accounts["officer"]).posts == ()
    assert list(queries.holders(Role.OFFICER, committee=world.county.path)) == []
    actions.end_post(later, by="clock", on=clock.today() + timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=1)):
        assert queries.actor_of(world.accounts["leader"]).posts
    with clock.at(clock.now() + timedelta(days=2)):
        assert queries.actor_of(world.accounts["leader"]).posts == ()


def test_a_post_that_was_held_for_part_of_a_day_was_held_during_it(world):
    post = actions.end_post(Post.objects.get(holder=world.accounts["officer"]), by="clock")
    assert post.holds_on(post.until)
    assert not Post.objects.filter(queries.held_on(post.until), pk=post.pk).exists()


def test_a_handler_without_a_department_is_refused(world):
    with pytest.raises(ValidationError, match="哪个单位"):
        actions.grant(world.accounts["member"], Role.HANDLER, committee=world.county, by="clock")


def test_one_person_in_two_posts_counts_once_as_a_member(world):
    before = queries.members(world.province.path).count()
    actions.grant(
        world.accounts["member"], Role.MEMBER, committee=world.city, by="clock", since=date(2020, 1, 1)
    )
    assert queries.members(world.province.path).count() == before


def test_a_name_taken_is_told(world):
    with pytest.raises(ValidationError, match="officer"):
        actions.open_account("officer", "别人", password="long enough 1")


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_key_is_wrapped_and_lies_in_the_second_database():
    key = keyring.new("someone")
    assert keyring.new("someone") == key
    assert keyring.keys(["someone", "nobody"]) == {"someone": key}
    assert key not in bytes(PersonKey.objects.get(person="someone").box)
    assert "people_personkey" not in connections["default"].introspection.table_names()
    assert connections["keyring"].introspection.table_names().count("people_personkey") == 1


@pytest.fixture
def rotated(settings, db):
    """Three keys, the master key old and new."""
    keys = {name: keyring.new(name) for name in ("ann", "bob", "cyd")}
    old = keyring.master()
    settings.MASTER_KEY_OLD, settings.MASTER_KEY = settings.MASTER_KEY, "the master key of the next month"
    return keys, old


def test_after_a_rotation_everything_opens_and_the_old_master_key_opens_nothing(rotated, settings):
    keys, old = rotated
    assert keyring.keys(keys) == keys  # both masters are at hand: everybody goes on reading
    assert keyring.rotate() == 3
    settings.MASTER_KEY_OLD = ""
    assert keyring.keys(keys) == keys
    for row in PersonKey.objects.all():
        assert bytes(row.box)[:8] != old.id
        with pytest.raises(InvalidTag):
            old.unwrap(row.person, bytes(row.box))


def test_without_the_rotation_nothing_opens_once_the_old_master_key_is_gone(rotated, settings):
    keys, _old = rotated
    settings.MASTER_KEY_OLD = ""
    with pytest.raises(keyring.Unopenable):
        keyring.keys(keys)
    with pytest.raises(keyring.Unopenable):
        keyring.rotate()


def test_a_rotation_broken_off_goes_on_where_it_stopped(rotated, settings, monkeypatch):
    keys, _old = rotated
    plain, calls = keyring.Master.wrap, []

    def dies_at_the_second(self, person, key):
        calls.append(person)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return plain(self, person, key)

    monkeypatch.setattr(keyring.Master, "wrap", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        keyring.rotate(batch=1)
    monkeypatch.undo()
    assert keyring.keys(keys) == keys
    drawn_meanwhile = keyring.new("dan")
    assert keyring.rotate(batch=1) == 2
    settings.MASTER_KEY_OLD = ""
    assert keyring.keys([*keys, "dan"]) == keys | {"dan": drawn_meanwhile}


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138 **** 5678"),
        ("+86 138-1234-5678", "861 **** 5678"),
        ("8123456", "81****"),
        ("", ""),
    ],
)
def test_a_phone_is_masked(phone, shown):
    assert masked(phone) == shown


def test_a_look_wants_a_reason_and_is_written_down(world):
    with pytest.raises(ValidationError, match="为什么"):
        actions.reveal("voice:x", person="x", by=world.officer, reason=" ", committee=world.county.path)
    actions.reveal("voice:x", person="x", by=world.officer, reason="约去现场", committee=world.county.path)
    assert Look.objects.get().reason == "约去现场"
    act = Act.objects.get(name="contact_revealed")
    assert "约" not in str(act.facts)


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("unix:", "unix:"),
    ],
)
def test_a_household_is_one_address(peer, counted):
    assert address(RequestFactory().get("/", REMOTE_ADDR=peer)) == counted


@pytest.mark.django_db
def test_tries_are_counted_in_a_window():
    assert [allowed("door", "1.2.3.4", most=2, seconds=600) for _ in range(3)] == [True, True, False]
    assert allowed("door", "5.6.7.8", most=2, seconds=600)
    assert not Try.objects.filter(who__contains="1.2.3.4").exists()
    assert forget_old() == 0
    with clock.at(clock.now() + timedelta(seconds=600)):
        assert allowed("door", "1.2.3.4", most=2, seconds=600)
        assert forget_old() == 2


@pytest.mark.django_db
def test_a_sign_in_name_without_end_is_a_fault_of_the_form(client):
    page = client.post("/accounts/login/", {"login": "长" * 200_000, "password": "whatever-it-is"})
    assert page.status_code == 200
    assert "150" in page.context_data["form"].errors["login"][0]
