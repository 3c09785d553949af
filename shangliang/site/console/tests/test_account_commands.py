"""What the server's keeper does about accounts from a shell."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from shangliang.base.people.models import Person


def said(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_the_first_officer_comes_in_by_a_printed_link(world):
    lines = said("invite", "990102", "officer", "first", "头一位").splitlines()
    [link] = [line for line in lines if "/accounts/link/" in line]
    assert Client().get(link).status_code == 200
    with pytest.raises(CommandError, match="没有代码"):
        said("invite", "000000", "officer", "second", "第二位")
    with pytest.raises(CommandError, match="有人在用"):
        said("invite", "990102", "leader", "first", "别人")


def test_the_keeper_closes_reopens_and_sends_links(world):
    said("account", "leader", "--close")
    assert not Person.objects.get(username="leader").is_active
    said("account", "leader", "--reopen")
    link = said("account", "leader", "--link").strip()
    assert Client().get(link).status_code == 200
    with pytest.raises(CommandError, match="还没有设两步验证"):
        said("account", "leader", "--reset")
    with pytest.raises(CommandError, match="没有登录名"):
        said("account", "nobody", "--link")
