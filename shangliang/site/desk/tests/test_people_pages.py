"""The officer's page of accounts: the link is told once, and a form sent again tells it too."""

import pytest
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.people import actions, links
from shangliang.base.people.models import Person

SAID = {"role": "officer", "username": "xin", "name": "新干事", "key": "k" * 22}


def told(at_desk):
    return links.make(SAID["key"]) in at_desk.get("desk:person_slip").content.decode()


def test_the_slip_is_told_once_and_again_to_who_sends_the_form_again(world, at_desk):
    at_desk("officer")
    for _sent in range(2):  # the first answer may never have arrived
        answer = at_desk.post("desk:person_invite", **SAID)
        assert answer["Location"] == reverse("desk:person_slip")
        assert told(at_desk)
        assert not told(at_desk)
    assert Person.objects.filter(username="xin").count() == 1


@pytest.mark.parametrize("came", [False, True])
def test_waiting_for_a_password_is_said_only_of_who_never_came(world, at_desk, came):
    at_desk("officer").post("desk:person_invite", **SAID)
    if came:
        Person.objects.filter(username="xin").update(last_login=clock.now())
    page = at_desk.get("desk:people").content.decode()
    assert ("等他设密码" in page) is not came


@pytest.mark.parametrize(("password", "words"), [("a-Long-one-9", "登录就能办事"), (None, "请那边发链接")])
def test_who_has_an_account_elsewhere_is_said_to_come_in_only_if_they_can(world, at_desk, password, words):
    person = actions.open_account("xin", "新干事", password=password)
    actions.grant(person, "leader", committee=world.neighbour, by=world.neighbour_officer.key)
    at_desk("officer")
    assert at_desk.post("desk:person_invite", **SAID)["Location"] == reverse("desk:person", args=[person.key])
    page = at_desk.get("desk:people").content.decode()
    assert "任命好了" in page
    assert words in page


def test_an_erased_account_is_offered_no_return(world, at_desk):
    post, _code = actions.invite(world.county, "leader", "xin", "新干事", by=world.officer, form_key="first")
    actions.close_account(post.holder, by=world.officer)
    at_desk("officer")
    key = post.holder.key
    assert "恢复账号" in at_desk.get("desk:person", key).content.decode()
    actions.end_post(post, by=world.officer.key)
    actions.erase_account(Person.objects.get(pk=post.holder.pk), by=world.officer)
    page = at_desk.get("desk:person", key).content.decode()
    assert "恢复账号" not in page
    assert "注销了" in page


def test_where_a_member_lives_is_noted_with_their_word_and_reaches_the_county(world, at_desk):
    person = actions.open_account("ran", "冉委员", password=None)
    actions.grant(person, "member", committee=world.city, by=world.city_officer.key)
    page = at_desk("city_officer").get("desk:person", person.key).text
    assert "住在哪个县" in page
    unasked = at_desk.post("desk:person_move", person.key, "home", home=world.county.code)
    assert (unasked.status_code, "先问过本人" in unasked.text) == (422, True)
    wrong = at_desk.post("desk:person_move", person.key, "home", home="990100", agreed="on")
    assert wrong.status_code == 422
    done = at_desk.post("desk:person_move", person.key, "home", home=world.county.code, agreed="on")
    assert done.status_code == 302
    assert f'<option value="{world.county.code}" selected>' in at_desk.get("desk:person", person.key).text
    listed = at_desk("officer").get("desk:coverage").text
    assert "住在本地，还没进工作室的" in listed
    assert "冉委员" in listed
    assert "冉委员" not in at_desk("neighbour_officer").get("desk:coverage").text
    assert "住在哪个县" not in at_desk("officer").get("desk:person", world.member.key).text
