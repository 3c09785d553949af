"""A level to which a voice came gives it to its own departments: who has it, who reads it, by when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal import seal
from shangliang.base.journal.models import Act
from shangliang.base.journal.verify import verify
from shangliang.base.places.models import Committee
from shangliang.base.ui.filters import day as long_day
from shangliang.flow.voices import actions, ladder, queries, sheets, standing
from shangliang.flow.voices.queries import desk
from shangliang.flow.voices.tests.conftest import MONDAY, Story, moment
from shangliang.ledgers.notices import who

from .leveled import departments, has, moves, reads, sentences

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
LONG = moment(MONDAY + timedelta(days=60), 10)


@pytest.fixture
def story(world):
    with clock.at(moment()):
        yield Story(world)


@pytest.fixture
def of_departments(world):
    return departments(world)


def given(voice, w, *beside):
    """Given by the city to its department for streets."""
    return actions.assign(
        voice.code, by=w.city_officer, seen=voice.version, department=w.streets, beside=beside
    )


def test_a_city_gives_what_came_up_to_its_own_departments(story, of_departments):
    w, up = of_departments, story.to("sent_up", words="城关大桥的路面塌了一块。", phone="13900000001")
    day = up.answer_by
    Committee.objects.filter(pk=w.city.pk).update(preferences={"send_back_days": 2, "opinion_days": 3})
    up = queries.get(up.code, w.city_officer)
    assert "assign" in moves(w.city_officer, up)
    voice = given(up, w, w.water)
    assert (voice.state, voice.upper, voice.answer_by) == ("assigned", w.city, day)
    # The city's own days for its departments; the day that the resident was told stays.
    assert voice.send_back_by == voice.beside[0].send_back_by == clock.due_after(clock.today(), 2).day
    assert voice.due_by == voice.beside[0].due == clock.due_after(clock.today(), 3).day
    assert standing.holder(voice) == "市水务局"
    everybody = (
        w.officer, w.city_officer, w.province_officer, w.neighbour_officer, w.handler, w.handler2,
        w.of_streets, w.of_water, w.of_parks, w.of_far,
    )  # fmt: skip
    asked = {w.officer.name, w.city_officer.name, w.of_streets.name, w.of_water.name}
    assert reads(voice, *everybody) == asked
    assert (has(w.city_officer), list(queries.for_department(w.of_streets))) == ([voice.code], [voice])
    assert {"call_in", "call_off", "reply", "hand_over"} <= moves(w.city_officer, voice)
    assert not {"answer", "assign", "send_up", "send_down"} & moves(w.city_officer, voice)
    assert not {"call_in", "call_off", "assign", "answer"} & moves(w.officer, voice)
    with pytest.raises(NotYours):
        actions.call_in(voice.code, by=w.officer, seen=None, department=w.roads)
    with pytest.raises(ValidationError, match="选本级的单位"):
        actions.call_in(voice.code, by=w.city_officer, seen=None, department=w.roads)
    voice = actions.give_opinion(voice.code, by=w.of_water, seen=None, words="桥下的管线我们来移。")
    assert who._asker(Act.objects.filter(name="voice_opinion_given").get()) == [f"officers:{w.city.code}"]
    done = actions.answer(voice.code, by=w.of_streets, seen=voice.version, words="路面补好了。")
    assert (done.answered_by, queries.answers(done)[0].who) == ("department", "市住建局")
    assert "report_done" in moves(w.of_streets, done)
    assert queries.passed_through(w.city_officer).count() == 0  # it is theirs still, until it is judged
    assert [one.code for one in queries.queue(w.city_officer, "answered")] == [done.code]
    told = sentences(done, "voice_assigned")
    follows = f"{w.city.office}接着盯。最晚 {long_day(day)}答复您。"
    assert told == [f"市住建局主办、统一答复，市水务局会办；{follows}"]
    again = actions.reopen(done.code, by=story.by(done), seen=done.version, verdict="not", missing="又塌了")
    assert (again.state, standing.holder(again)) == ("taken_up", w.studio.name)
    assert actions.assign(again.code, by=w.officer, seen=None, department=w.lamps).state == "assigned"
    assert reads(again, *everybody) == asked | {w.handler.name}
    assert {act.committee for act in Act.objects.filter(subject=done.subject)} == {w.county.path}
    assert has(w.city_officer) == []
    seal.seal()
    assert verify().ok


def test_a_department_of_the_city_sends_it_back_to_the_city(story, of_departments):
    w, voice = of_departments, given(story.to("sent_up"), of_departments, of_departments.water)
    day = voice.answer_by
    assert "return_to_office" in moves(w.of_streets, voice)
    assert "send_back" not in moves(w.of_streets, voice)
    with pytest.raises(NotYours):
        actions.send_back(voice.code, by=w.of_streets, seen=None, words="不归住建管。")
    back = actions.return_to_office(voice.code, by=w.of_streets, seen=None, words="不归住建管。")
    assert (back.state, back.upper, back.answer_by, back.due_by) == ("sent_up", w.city, day, day)
    assert not back.beside
    assert (standing.holder(back), has(w.city_officer)) == (w.city.office, [back.code])
    act = Act.objects.get(name="voice_sent_back")
    assert f"officers:{w.city.code}" in who.seats(act)
    assert who._holder(act) == [f"officers:{w.city.code}"]
    assert sentences(back, "voice_sent_back") == [f"市住建局说不归它管，{w.city.office}正在另找单位。"]
    assert reads(back, w.of_streets) == {w.of_streets.name}  # a department that was asked, for good
    other = actions.assign(back.code, by=w.city_officer, seen=back.version, department=w.parks)
    with clock.at(LONG), pytest.raises(NotNow, match="期限已经过了"):
        actions.return_to_office(other.code, by=w.of_parks, seen=None, words="也不归园林管。")


def test_each_desk_asks_departments_of_its_own(story, of_departments):
    w, up, own = of_departments, story.to("sent_up"), story.to("taken_up", words="县里自己的一件。")
    for voice, by, department in ((up, w.city_officer, w.lamps), (own, w.officer, w.streets)):
        with pytest.raises(ValidationError, match="选本级的承办单位"):
            actions.assign(voice.code, by=by, seen=None, department=department)
    with pytest.raises(NotYours):
        actions.assign(up.code, by=w.officer, seen=None, department=w.lamps)
    batch = actions.prepare_batch([up.code], by=w.city_officer, deed="assign", to=w.streets.code)
    actions.carry_out(batch.code, by=w.city_officer, seen=batch.version)
    assert queries.get(up.code, w.of_streets).state == "assigned"


def test_the_city_urges_its_own_department_in_its_own_name(story, of_departments):
    w, voice = of_departments, given(story.to("sent_up"), of_departments)
    with clock.at(LONG):
        with pytest.raises(NotYours):  # a county writes no letter to a department of the city
            actions.urge(voice.code, by=w.officer, seen=None)
        voice = actions.remind(voice.code, by=w.officer, seen=None)
        assert ladder.holder(voice) == f"department:{w.streets.code}"
        assert "urge" in moves(w.city_officer, voice)
        voice = actions.urge(voice.code, by=w.city_officer, seen=voice.version)
    act = Act.objects.get(name="voice_urged")
    said = sheets.letter(voice, act, "https://example.org/voice")
    assert (said["masthead"], said["issuer"], said["addressee"]) == (w.city.office, w.city.office, "市住建局")
    assert (said["number"], said["contact"]) == ("示政催〔2027〕1号", "")


def test_a_draft_of_the_city_stays_there_when_its_department_answers(story, of_departments):
    w, up = of_departments, story.to("sent_up", kind="complaint")
    with clock.at(moment(hour=15)):  # after it came up
        up = actions.answer(up.code, by=w.city_officer, seen=None, words="先写一稿。", sensitive=True)
    code = desk.waiting_look(up).code
    assert desk.may_open_waiting(code, [w.city_officer])
    voice = given(up, w)
    assert voice.proposed_by == ""
    for _step in ("assigned", "answered", "taken_up"):
        assert not desk.may_open_waiting(code, [w.officer, w.convener, w.of_streets])
        if voice.state == "assigned":
            voice = actions.answer(voice.code, by=w.of_streets, seen=None, words="路面补好了。")
        elif voice.state == "answered":
            voice = actions.reopen(voice.code, by=story.by(voice), seen=None, verdict="not", missing="没好")
