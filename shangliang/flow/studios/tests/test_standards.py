"""A county picks its checklists; a studio shows how it stands; a visit finds, the studio mends."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.files import queries as files
from shangliang.base.journal.models import Act
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.checklists import checklists


def photo():
    body = BytesIO()
    Image.new("RGB", (64, 48), "green").save(body, "JPEG")
    return SimpleUploadedFile("墙.jpg", body.getvalue(), "image/jpeg")


HAVES, ITEM = "xixiang_haves", "固定场所"


@pytest.fixture
def studio(world):
    actions.choose_standards(world.county, by=world.officer, keys=[HAVES, "xixiang_wall"])
    return queries.door(world.studio.code)


def mark(studio, by, standing="proven", item=ITEM, **more):
    return actions.mark(studio.code, by=by, standard=HAVES, item=item, standing=standing, **more)


def score(studio):
    return [(one.list.name, one.proven, one.all) for one in queries.scores(queries.door(studio.code))]


def test_every_checklist_says_whether_it_is_real_and_where_it_comes_from():
    assert {one.kind for one in checklists().values()} == {"real", "sample"}
    for one in checklists().values():
        assert one.source
        assert len(set(one.items)) == len(one.items) > 0
        assert one.is_real == ("样例" not in one.place)
    assert checklists()[HAVES].items == ("固定场所", "委员队伍", "工作机制", "管理制度", "办公设施")


def test_a_studio_is_scored_item_by_item_with_evidence(studio, world):
    assert score(studio) == [("五有", 0, 5), ("六上墙", 0, 6)]
    made = mark(studio, world.convener, evidence=[photo()])
    assert score(studio)[0] == ("五有", 1, 5)
    assert len(files.of([made.subject])[made.subject]) == 1
    assert not made.checked
    act = Act.objects.get(name="standard_marked")
    assert (act.facts["item"], act.facts["standing"], act.studio) == (ITEM, "proven", studio.code)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"standing": "proven"}, "要有佐证"),
        ({"standing": "under_way"}, "写上哪天补齐"),
        ({"standing": "roughly"}, "roughly"),
        ({"item": "没有这一项"}, "没有这一项"),
        ({"link": "javascript:alert(1)"}, "URL|网址|链接"),
    ],
)
def test_there_is_no_roughly_met(studio, world, said, words):
    with pytest.raises(ValidationError, match=words):
        mark(studio, world.convener, **said)
    assert score(studio)[0] == ("五有", 0, 5)


def test_the_history_of_an_item_is_kept_and_the_latest_holds(studio, world):
    mark(studio, world.convener, link="https://example.org/lease.pdf")
    assert mark(studio, world.officer).checked  # the officer checks what was shown before
    mark(studio, world.officer, "under_way", due=clock.today() + timedelta(days=9), note="房子要退")
    assert score(studio)[0] == ("五有", 0, 5)
    assert [one.standing for one in queries.marks(studio, HAVES, ITEM)] == ["under_way", "proven", "proven"]


def test_a_committee_that_picks_others_loses_no_mark(studio, world):
    mark(studio, world.convener, link="https://example.org/a.pdf")
    actions.choose_standards(world.county, by=world.officer, keys=["anxiang_haves"])
    assert score(studio) == [("五有", 0, 5)]
    actions.choose_standards(world.county, by=world.officer, keys=[HAVES])
    assert score(studio) == [("五有", 1, 5)]


def test_who_may_pick_and_who_may_mark(studio, world):
    for who in ("convener", "leader", "auditor", "neighbour_officer", "city_officer"):
        with pytest.raises(NotYours):
            actions.choose_standards(world.county, by=getattr(world, who), keys=[])
    for who in ("member", "leader", "auditor", "other_convener", "neighbour_officer"):
        with pytest.raises(NotYours):
            mark(studio, getattr(world, who), "missing")
    with pytest.raises(ValidationError, match="没有「nope」"):
        actions.choose_standards(world.county, by=world.officer, keys=["nope"])


def test_evidence_is_opened_by_who_works_on_the_studio(studio, world):
    made = mark(studio, world.convener, evidence=[photo()])
    for who in ("convener", "member", "officer", "auditor"):
        assert queries.may_see_evidence([getattr(world, who)], made.code), who
    for who in ("leader", "other_convener", "handler", "neighbour_officer"):
        assert not queries.may_see_evidence([getattr(world, who)], made.code), who


def test_a_visit_finds_something_and_it_is_put_right_once(studio, world):
    today = clock.today()
    visit = actions.inspect(
        studio.code,
        by=world.officer,
        day=today,
        findings="值班表没上墙",
        put_right_by=today + timedelta(days=7),
    )
    assert visit.state == "open"
    with pytest.raises(ValidationError, match="怎么改的"):
        actions.put_right(visit.code, by=world.convener, seen=1, words=" ")
    done = actions.put_right(visit.code, by=world.convener, seen=1, words="上墙了", evidence=[photo()])
    assert (done.state, done.put_right_on) == ("put_right", today)
    assert Act.objects.get(name="inspection_put_right").facts["on_time"]
    with pytest.raises(NotNow):
        actions.put_right(visit.code, by=world.officer, seen=2, words="又改了")
    assert actions.inspect(studio.code, by=world.officer, day=today).state == "clear"


def test_findings_have_a_day_and_visits_are_the_offices(studio, world):
    today = clock.today()
    with pytest.raises(ValidationError, match="哪天前改好"):
        actions.inspect(studio.code, by=world.officer, day=today, findings="没上墙")
    with pytest.raises(ValidationError, match="还没到"):
        actions.inspect(studio.code, by=world.officer, day=today + timedelta(days=1))
    for who in ("convener", "leader", "auditor", "neighbour_officer"):
        with pytest.raises(NotYours):
            actions.inspect(studio.code, by=getattr(world, who), day=today)
    visit = actions.inspect(studio.code, by=world.officer, day=today, findings="没上墙", put_right_by=today)
    for who in ("other_convener", "leader", "handler", "neighbour_officer"):
        with pytest.raises(Unseen):
            actions.put_right(visit.code, by=getattr(world, who), seen=1, words="改了")
