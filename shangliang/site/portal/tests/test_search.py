"""/search/ finds by two characters, in the old forms, by the initials of a studio's name."""

import pytest
from django.urls import reverse

from shangliang.flow.voices import actions
from shangliang.flow.voices.tests.conftest import Story

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def lamp(world):
    voice = Story(world).to("taken_up", public=True, words="东街的路灯坏了，老人晚上看不见路")
    actions.show(voice.code, by=world.officer, seen=1)
    return reverse("voices:voice", args=[voice.code])


@pytest.mark.parametrize("asked", ["路灯", "灯坏", "路燈", "東街的路燈壞了", "燈"])
def test_a_voice_is_found_by_two_characters_and_in_traditional_forms(client, lamp, asked):
    assert lamp in client.get("/search/", {"q": asked}).text
    assert lamp not in client.get("/search/", {"q": "水渠"}).text


def test_a_studio_is_found_by_the_initials_of_its_name(client, world):
    assert "城关" in world.studio.name
    address = reverse("portal:studio", args=[world.studio.code])
    assert address in client.get("/search/", {"q": "cg"}).text
    assert address not in client.get("/search/", {"q": "zz"}).text
