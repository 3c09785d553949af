"""Finding a studio, and its page."""

import re

from django.urls import reverse

from shangliang.base.people import queries as people
from shangliang.base.places.models import SpecialCommittee
from shangliang.flow.studios import actions as studio


def test_a_resident_finds_the_studio_by_two_characters(world, client):
    page = client.get(reverse("portal:studios"), {"place": "草坪"})
    assert page.status_code == 200
    assert "城关委员工作室" in page.text
    assert "农业界委员工作室" not in page.text


def test_an_address_with_nonsense_in_it_gets_a_page(world, client):
    for before in ("9" * 30, "9" * 5000, "²", "-1"):
        assert client.get(reverse("portal:studios"), {"place": "清溪", "before": before}).status_code == 200
    for address in ("/s/%00/", "/studios/?under=a%00b", "/files/%00/small/"):
        assert client.get(address).status_code == 404


def test_step_by_step(world, client):
    for query in (
        {},
        {"under": "990000"},
        {"under": "990101"},
        {"under": "990101", "today": "1"},
        {"place": "没有的地方"},
    ):
        assert client.get(reverse("portal:studios"), query).status_code == 200


def test_page(world, client):
    page = client.get(reverse("portal:studio", args=[world.studio.code]))
    assert page.status_code == 200
    assert "段委员" in page.text


def test_the_page_names_the_leader_and_the_special_committee_that_keep_in_touch(world, client):
    where = reverse("portal:studio", args=[world.studio.code])
    before = client.get(where).text
    assert "联系领导" not in before
    assert "联系专委会" not in before
    special = SpecialCommittee.objects.create(committee=world.county, code="rural", name="农业农村委员会")
    studio.edit(
        world.studio.code, by=world.officer, seen=None, leader=world.leader.key, special_committee=special
    )
    page = client.get(where).text
    name = people.names([world.leader.key])[world.leader.key]
    for label, words in (("联系领导", name), ("联系专委会", "农业农村委员会")):
        assert re.search(rf"{label}</dt>\s*<dd[^>]*>\s*{words}", page)
    assert world.studio.name in client.get(reverse("portal:studios"), {"place": "农业农村委"}).text
