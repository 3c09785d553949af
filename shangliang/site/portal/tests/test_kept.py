"""A public page is drawn once for all strangers: never stale, and nobody's form is another's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.flow.studios import actions
from shangliang.flow.studios.models import Studio

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
KEY = re.compile(r'name="key" value="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def test_a_second_stranger_asks_one_question_and_gets_a_form_of_their_own(
    world, client, django_assert_num_queries
):
    address = reverse("voices:door", args=[world.studio.code])
    first = client.get(address).text
    with django_assert_num_queries(1):
        second = Client().get(address)
    assert KEY.sub("", TOKEN.sub("", first)) == KEY.sub("", TOKEN.sub("", second.text))
    assert KEY.findall(first) != KEY.findall(second.text)
    assert second.cookies["csrftoken"]["httponly"]
    strict = Client(enforce_csrf_checks=True)
    form = strict.get(address).text
    sent = {"key": KEY.findall(form)[0], "csrfmiddlewaretoken": TOKEN.findall(form)[0], "words": ""}
    assert strict.post(address, sent).status_code == 422


def test_a_change_shows_at_once(world, client):
    address = reverse("portal:studio", args=[world.studio.code])
    assert "搬到东街了" not in client.get(address).text
    version = Studio.objects.get(code=world.studio.code).version
    actions.edit(world.studio.code, by=world.convener, seen=version, motto="搬到东街了")
    assert "搬到东街了" in client.get(address).text


def test_looks_language_and_readers_do_not_mix(world, client):
    address = reverse("portal:home")
    plain = client.get(address).text
    assert 'data-mode="elder"' not in plain
    assert 'data-mode="elder"' in Client(headers={"cookie": "mode=elder"}).get(address).text
    assert 'lang="en"' in Client(headers={"cookie": "language=en"}).get(address).text
    client.force_login(world.accounts["officer"])
    assert reverse("portal:mine") in client.get(address).text
    assert Client().get(address).text.count(reverse("portal:mine")) == 0
