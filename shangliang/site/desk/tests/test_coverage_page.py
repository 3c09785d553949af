"""The lists of whom the studios do not reach yet."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base.people.models import Role
from shangliang.base.places import actions as places
from shangliang.base.places.models import Sector
from stories.world_people import grant


def test_who_has_no_studio_is_named_and_the_figure_says_the_same(world, at_desk):
    page = at_desk("officer").get("desk:coverage").text
    assert "何委员" in page
    assert "岳委员" not in page.partition("还没进工作室的委员")[2]
    rows = at_desk("officer").get("figures:metric", world.county.code, "members_without_studio").text
    assert "何委员" in rows


def test_lists_are_the_offices_own(world, at_desk):
    for who, status in (("auditor", 200), ("convener", 403), ("leader", 403)):
        assert at_desk(who).get("desk:coverage").status_code == status
    assert "何委员" not in at_desk("neighbour_officer").get("desk:coverage").text


def test_fifty_ask_no_more_than_one(world, at_desk):
    officer, seen = at_desk("officer"), []
    for count in (1, 50):
        for n in range(count):
            grant(world, f"zz{count}{n}", f"新委员{count}{n}", Role.MEMBER)
            places.add(Sector, world.county, f"界{count}{n}")
        officer.get("desk:coverage")
        with CaptureQueriesContext(connection) as asked:
            assert officer.get("desk:coverage").status_code == 200
        seen.append(len(asked))
    assert seen[0] == seen[1]
