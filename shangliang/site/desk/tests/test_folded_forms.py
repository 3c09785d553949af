"""Forms folded away at the desk are fetched when opened, or drawn where no script runs; nobody fetches
one that is not open to them. So are the parts that few look at."""

import re

import pytest
from django.urls import reverse

from shangliang.flow.proposals.tests import story as proposals
from shangliang.flow.reports.tests import story as reports
from shangliang.flow.research.tests import story as research
from stories.pages import Signed

PART = {"headers": {"HX-Request": "true"}}
# Where it stands, what of, a form that is open to an officer, where it is sent.
FORMS = [
    ("desk:report", reports.sent, "return", "return/"),
    ("desk:research", research.submitted, "accept", "accept/"),
    ("desk:proposal", proposals.sent, "check", "check/"),
]


@pytest.mark.parametrize(("name", "made", "form", "to"), FORMS)
def test_a_form_is_fetched_when_it_is_opened_or_drawn_where_no_script_runs(
    world, client, name, made, form, to
):
    row, officer = made(world), Signed(client, world)("officer")
    address = reverse(name, args=[row.code])
    folded, action = client.get(address).text, f'action="{address}{to}"'
    assert action not in folded
    way = re.search(rf'id="move-{form}">.*?hx-get="([^"]+)"', folded)[1].replace("&amp;", "&")
    alone = client.get(way, **PART).text
    assert (alone.count("<form"), alone.count(action), "<html" in alone) == (1, 1, False)
    assert f'name="seen" value="{row.version}"' in alone
    whole = client.get(way).text
    assert f'<details class="move" id="move-{form}" open>' in whole
    assert action in whole
    for none in ("form=nonsense", "form=", "part=nonsense"):
        assert client.get(f"{address}?{none}", **PART).status_code == 404
    for stranger, status in (("auditor", 404), ("neighbour_officer", 404), ("member2", 403)):
        officer(stranger)
        assert client.get(way, **PART).status_code == status, stranger


@pytest.mark.parametrize(("name", "made", "form", "to"), FORMS)
def test_parts_are_fetched_apart_or_drawn_where_no_script_runs(world, client, name, made, form, to):
    row, officer = made(world), Signed(client, world)("officer")
    page = officer.get(name, row.code)
    assert "第 1 稿" not in page.text
    for part in officer.fetched(page):
        assert part.status_code == 200
        assert "<html" not in part.text
    assert "第 1 稿" in officer.fetched(page)[0].text
    assert "第 1 稿" in officer.get(name, row.code, part="versions").text
    way = re.search(r'class="apart" hx-get="([^"]+)"', page.text)[1]
    for stranger, status in (("neighbour_officer", 404), ("member2", 403)):
        officer(stranger)
        assert client.get(way, **PART).status_code == status, stranger
