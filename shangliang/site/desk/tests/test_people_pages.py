"""The officer's page of accounts: the link is told once, and a form sent again tells it too."""

import pytest
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.people import links
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
