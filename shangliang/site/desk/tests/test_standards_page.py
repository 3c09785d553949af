"""A studio's checklists at the desk."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import Inspection
from stories.pages import photo

HAVES = "xixiang_haves"


def test_a_county_picks_and_a_convener_shows(world, at_desk):
    officer = at_desk("officer")
    assert "安乡县" in officer.get("desk:standards_pick").text
    assert officer.post("desk:standards_pick", keys=[HAVES]).status_code == 302
    convener = at_desk("convener")
    page = convener.get("desk:standards", world.studio.code, item=f"{HAVES}:0").text
    assert "5 项有佐证 0 项" in page
    said = {"item": f"{HAVES}:0", "standing": "proven"}
    bare = convener.post("desk:standard_mark", world.studio.code, **said)
    assert bare.status_code == 422
    assert "要有佐证" in bare.text
    sent = convener.post("desk:standard_mark", world.studio.code, **said, evidence=photo())
    assert sent.status_code == 302
    page = convener.get("desk:standards", world.studio.code).text
    assert "5 项有佐证 1 项" in page
    assert "/small/" in page
    assert convener.post("desk:standard_mark", world.studio.code, item="nope:9").status_code == 404
    assert at_desk("member").post("desk:standard_mark", world.studio.code, **said).status_code == 403


def test_a_visit_and_what_was_put_right(world, at_desk):
    day = clock.today()
    said = {"day": day.isoformat(), "findings": "值班表没上墙", "put_right_by": day.isoformat()}
    assert at_desk("convener").post("desk:inspect", world.studio.code, **said).status_code == 403
    assert at_desk("officer").post("desk:inspect", world.studio.code, **said).status_code == 302
    visit = Inspection.objects.get()
    convener = at_desk("convener")
    assert "值班表没上墙" in convener.get("desk:standards", world.studio.code).text
    assert convener.post("desk:inspection_put_right", visit.code, words="").status_code == 422
    assert convener.post("desk:inspection_put_right", visit.code, words="钉上了").status_code == 302
    assert convener.post("desk:inspection_put_right", visit.code, words="又钉").status_code == 409


def test_fifty_marks_ask_no_more_than_one(world, at_desk):
    keys = [HAVES, "xixiang_wall", "shangluo_wall"]
    actions.choose_standards(world.county, by=world.officer, keys=keys)
    convener, seen = at_desk("convener"), []
    for rounds in (1, 5):
        for _n in range(rounds):
            for one in queries.scores(queries.door(world.studio.code)):
                for item in one.list.items:
                    due = clock.today() + timedelta(days=3)
                    actions.mark(
                        world.studio.code, by=world.convener, standard=one.list.key, item=item,
                        standing="under_way", due=due,
                    )  # fmt: skip
            actions.inspect(world.studio.code, by=world.officer, day=clock.today())
        convener.get("desk:standards", world.studio.code)
        with CaptureQueriesContext(connection) as asked:
            answer = convener.get("desk:standards", world.studio.code, item=f"{HAVES}:0")
            assert answer.status_code == 200
        seen.append(len(asked))
    assert seen[0] == seen[1]
