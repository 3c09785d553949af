"""What cannot be protected against is said in public, and so is whom to tell of a fault."""

import re
from datetime import timedelta

import pytest
from django.utils.dateparse import parse_datetime

from shangliang.base import clock

WHOM = ["mailto:security@studio.example.cn", "tel:+86-911-0000000"]


def fields(answer):
    return [tuple(line.split(": ", 1)) for line in answer.content.decode().splitlines()]


@pytest.mark.django_db
def test_security_txt_names_whom_to_tell_and_until_when(client, settings):
    settings.SECURITY_CONTACT = WHOM
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = fields(answer)
    assert [value for name, value in said if name == "Contact"] == WHOM
    [expires] = [parse_datetime(value) for name, value in said if name == "Expires"]
    assert clock.now() + timedelta(days=90) < expires < clock.now() + timedelta(days=365)
    assert dict(said)["Preferred-Languages"] == "zh, en"
    assert dict(said)["Canonical"] == "http://testserver/.well-known/security.txt"
    assert client.get(dict(said)["Policy"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.django_db
def test_where_the_host_names_nobody_there_is_none(client):
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.django_db
def test_the_limits_are_linked_and_lead_to_whoever_can_be_told(client, settings):
    assert 'href="/about/limits/"' in client.get("/about/").content.decode()
    settings.SECURITY_CONTACT = WHOM
    page = client.get("/about/limits/").content.decode()
    assert "防不住" in page
    assert [link for link in WHOM if f'href="{link}"' not in page] == []
    client.cookies["language"] = "en"
    english = client.get("/about/limits/").content.decode()
    inside = english[english.index("<main") : english.index("</main")]
    assert re.findall(r"[\u4e00-\u9fff]+", inside) == []
