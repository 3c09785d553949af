"""One voice up through all three levels and down again: who has it, who reads it, what its author is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours, Unseen
from shangliang.base.journal import seal
from shangliang.base.journal.models import Act
from shangliang.base.journal.verify import verify
from shangliang.base.places.models import Committee
from shangliang.base.review.models import Review
from shangliang.base.ui.filters import day as long_day
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices import actions, ladder, levels, queries, standing
from shangliang.flow.voices.queries import desk
from shangliang.flow.voices.tests.conftest import MONDAY, Story, moment
from shangliang.flow.voices.told import timeline
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


@pytest.fixture
def at_province(story, world):
    """Sent up by the county, and by the city to the province."""
    voice = story.to("sent_up", words="省道上的桥栏杆撞断了，一直没人修。", phone="13900000001")
    return actions.send_up(voice.code, by=world.city_officer, seen=voice.version, words="是省道，归省里。")


def test_up_through_three_levels_and_down_again(story, world, at_province):
    voice, w = at_province, world
    day = voice.answer_by
    assert (voice.state, voice.upper, voice.committee) == ("sent_up", w.province, w.county)
    assert standing.holder(voice) == w.province.office
    assert (has(w.province_officer), has(w.city_officer)) == ([voice.code], [])
    assert {"answer", "extend", "return_down"} <= moves(w.province_officer, voice)
    assert not {"send_up", "send_down"} & moves(
        w.province_officer, voice
    )  # nothing lies above; one at a time
    assert not {"answer", "extend", "send_up", "send_down"} & moves(w.city_officer, voice)

    voice = actions.return_down(voice.code, by=w.province_officer, seen=voice.version, words="市里养护。")
    assert (voice.state, voice.upper, voice.answer_by) == ("sent_up", w.city, day)
    assert (has(w.city_officer), has(w.province_officer)) == ([voice.code], [])
    voice = actions.send_down(voice.code, by=w.city_officer, seen=voice.version, words="县里能焊上。")
    assert (voice.state, voice.answer_by, voice.due_by) == ("taken_up", day, day)

    told = [one.sentence for one in timeline(voice, mine=True) if one.act.startswith("voice_sent")]
    assert [w.city.office in told[0], w.province.office in told[1]] == [True, True]
    assert told[2] == f"{w.province.office}请{w.city.office}接着办：市里养护。"
    assert told[3] == f"{w.city.office}请{w.studio.name}接着办：县里能焊上。"
    to_all = [one.sentence for one in timeline(voice, mine=False) if one.act.startswith("voice_sent")]
    assert to_all == [w.city.office, w.province.office, w.province.office, w.city.office]
    done = actions.answer(voice.code, by=w.convener, seen=voice.version, words="栏杆焊好了。")
    assert done.answered_by == "studio"
    seal.seal()
    assert verify().ok


def test_the_province_answers_in_its_own_name(story, world, at_province):
    done = actions.answer(
        at_province.code, by=world.province_officer, seen=at_province.version, words="省里修好了。"
    )
    assert queries.answers(done)[0].who == world.province.office
    assert "report_done" in moves(world.province_officer, done)
    assert "report_done" not in moves(world.city_officer, done)


def test_each_level_it_came_to_reads_it_for_good_and_no_other(story, world, at_province):
    w = world
    everybody = (w.officer, w.city_officer, w.province_officer, w.neighbour_officer)
    levels = {w.officer.name, w.city_officer.name, w.province_officer.name}
    assert reads(story.to("taken_up", words="另一件。"), *everybody) == {w.officer.name}
    assert reads(story.to("sent_up", words="再一件。"), *everybody) == levels - {w.province_officer.name}
    voice = at_province
    assert reads(voice, *everybody) == levels
    voice = actions.return_down(voice.code, by=w.province_officer, seen=voice.version, words="市里养护。")
    voice = actions.send_down(voice.code, by=w.city_officer, seen=voice.version, words="县里能焊。")
    assert reads(voice, *everybody) == levels
    assert voice.offices == {w.county.path, w.city.path, w.province.path}
    # Sent up a second time it comes to the city first; the province goes on reading.
    again = actions.send_up(voice.code, by=w.officer, seen=voice.version, words="县里焊不上。")
    assert (again.upper, again.reached) == (w.city, w.province.path)


def test_who_passed_it_on_has_the_phone_no_more(story, world, at_province):
    with pytest.raises(NotYours):
        actions.reveal_phone(at_province.code, by=world.city_officer, reason="打电话问位置")
    assert actions.reveal_phone(at_province.code, by=world.province_officer, reason="打电话问位置")


def test_notes_stay_with_the_level_that_wrote_them(story, world):
    voice = story.to("sent_up")
    actions.note(voice.code, by=world.city_officer, words="市里问过交通局。")
    actions.send_up(voice.code, by=world.city_officer, seen=voice.version, words="归省里。")
    voice = queries.get(voice.code, world.city_officer)
    assert [note.words for note in desk.notes(voice, world.city_officer)] == ["市里问过交通局。"]
    assert desk.notes(voice, world.province_officer) == []


def test_who_has_it_next_begins_the_ladder_anew_and_the_waiting_answer_falls_away(story, world):
    voice = story.to("sent_up")
    voice = actions.answer(
        voice.code, by=world.city_officer, seen=voice.version, words="市里不管这个。", sensitive=True
    )
    assert voice.proposed_by
    with clock.at(LONG):
        voice = actions.remind(voice.code, by=world.officer, seen=voice.version)
        assert (voice.rung, ladder.holder(voice)) == ("reminded", f"committee:{world.city.code}")
        voice = actions.send_up(voice.code, by=world.city_officer, seen=voice.version, words="归省里。")
        assert (voice.rung, voice.rung_on, voice.proposed_by) == ("", None, "")
        assert ladder.holder(voice) == f"committee:{world.province.code}"
        assert actions.remind(voice.code, by=world.officer, seen=voice.version).rung == "reminded"
    reminded = [one.sentence for one in timeline(voice, mine=False) if one.act == "voice_reminded"]
    assert reminded == [world.city.office, world.province.office]  # as each was then, whoever has it now


def test_whoever_has_it_now_is_told(story, world, at_province):
    def holders():
        return [who._holder(act) for act in Act.objects.filter(name__startswith="voice_sent").order_by("id")]

    voice = actions.return_down(
        at_province.code, by=world.province_officer, seen=at_province.version, words="市里养护。"
    )
    actions.send_down(voice.code, by=world.city_officer, seen=voice.version, words="县里能焊。")
    city, province = f"officers:{world.city.code}", f"officers:{world.province.code}"
    assert holders() == [[city], [province], [city], []]


def test_it_counts_where_it_was_left(story, world, at_province):
    own = Q(subject=at_province.subject)
    assert {act.committee for act in Act.objects.filter(own)} == {world.county.path}
    overdue = queries.overdue_on(world.county.path, at_province.answer_by + timedelta(days=1))
    assert [one.pk for one in overdue] == [at_province.pk]


def test_a_neighbour_learns_nothing_of_it(story, world, at_province):
    assert at_province.review != Review.SHOWN
    for name in ("send_up", "return_down", "send_down"):
        with pytest.raises(Unseen):
            getattr(actions, name)(at_province.code, by=world.neighbour_officer, seen=None, words="给我们。")


# ── Down: from a city's own studio to a county below ──
@pytest.fixture
def of_the_city(story, world):
    """Left at the city's own studio, and taken up there."""
    studio = Studio.objects.get(pk=world.studio.pk)
    studio.pk, studio.code, studio.name, studio.committee = None, "city00000001", "市直委员工作室", world.city
    studio.save(force_insert=True)
    voice = story.leave(studio=studio, by=None, words="清溪县城关的下水道堵了，污水流到街上。")
    return actions.take_up(voice.code, by=world.city_officer, seen=voice.version)


def passed(voice, world, to=None):
    return actions.pass_down(
        voice.code, by=world.city_officer, seen=None, to=to or world.county, words="街道归县里管。"
    )


def test_a_city_passes_its_own_to_a_county_which_answers_or_sends_it_back(story, world, of_the_city):
    w, day = world, of_the_city.answer_by
    assert reads(of_the_city, w.officer) == set()
    assert "pass_down" in moves(w.city_officer, of_the_city)
    voice = passed(of_the_city, w)
    assert (voice.state, voice.committee, voice.answer_by, voice.due_by) == ("sent_up", w.city, day, day)
    assert (str(voice.get_state_display()), standing.holder(voice)) == ("另一家政协在办", w.county.office)
    assert has(w.officer) == [voice.code]
    assert reads(voice, w.officer, w.neighbour_officer) == {w.officer.name}
    assert {"answer", "extend", "send_down"} <= moves(w.officer, voice)
    assert not {"send_up", "return_down", "pass_down", "return_across"} & moves(w.officer, voice)
    assert not {"answer", "extend"} & moves(w.city_officer, voice)
    with pytest.raises(NotYours):  # what came from above goes back, not past it
        actions.send_up(voice.code, by=w.officer, seen=None, words="归省里。")

    voice = actions.send_down(voice.code, by=w.officer, seen=voice.version, words="这条街在邻县。")
    assert (voice.state, voice.answer_by) == ("taken_up", day)
    voice = passed(voice, w, w.neighbour)
    assert has(w.neighbour_officer) == [voice.code]
    passed_on = ("voice_passed_down", "voice_sent_down")
    told = [one.sentence for one in timeline(voice, mine=True) if one.act in passed_on]
    named = [w.county.office, w.county.office, w.neighbour.office]
    assert all(name in sentence for name, sentence in zip(named, told, strict=True))
    acts = Act.objects.filter(subject=voice.subject).order_by("id")
    assert {act.committee for act in acts} == {w.city.path}  # it counts where it was left
    assert who._holder(acts.last()) == [f"officers:{w.neighbour.code}"]
    done = actions.answer(voice.code, by=w.neighbour_officer, seen=voice.version, words="下水道疏通了。")
    assert queries.answers(done)[0].who == w.neighbour.office
    seal.seal()
    assert verify().ok


def test_it_is_passed_only_to_who_lies_below_and_works_here(story, world, of_the_city):
    for elsewhere in (world.city, world.province):
        with pytest.raises(ValidationError):
            passed(of_the_city, world, elsewhere)
    Committee.objects.filter(pk=world.county.pk).update(records_since=None)
    with pytest.raises(ValidationError):
        passed(of_the_city, world)
    county = story.to("taken_up", words="县里自己的一件。")
    assert "pass_down" not in moves(world.officer, county)
    with pytest.raises(ValidationError):
        actions.pass_down(county.code, by=world.officer, seen=None, to=world.neighbour, words="归邻县。")


def test_sent_up_after_it_came_back_it_is_with_the_level_above(story, world, of_the_city):
    voice = passed(of_the_city, world)
    voice = actions.send_down(voice.code, by=world.officer, seen=None, words="县里管不了。")
    voice = actions.send_up(voice.code, by=world.city_officer, seen=None, words="归省里。")
    assert (voice.upper, voice.lower) == (world.province, False)
    assert str(voice.get_state_display()) == "上级政协在办"
    assert "send_down" in moves(world.province_officer, voice)


def test_a_level_that_does_not_work_here_is_passed_over(story, world):
    Committee.objects.filter(pk=world.city.pk).update(records_since=None)
    voice = story.to("taken_up")
    voice = actions.send_up(voice.code, by=world.officer, seen=voice.version, words="是省道，归省里。")
    assert voice.upper == world.province
    assert "return_down" not in moves(world.province_officer, voice)
    voice = actions.send_down(voice.code, by=world.province_officer, seen=voice.version, words="路归县里。")
    assert voice.state == "taken_up"
    Committee.objects.filter(pk=world.province.pk).update(records_since=None)
    with pytest.raises(ValidationError, match="没有在这里接办"):
        actions.send_up(voice.code, by=world.officer, seen=voice.version, words="再报一次。")


def test_what_came_down_two_levels_comes_down_where_somebody_works(story, world, at_province):
    Committee.objects.filter(pk=world.city.pk).update(records_since=None)
    assert "send_down" in moves(world.province_officer, at_province)


def test_a_county_gives_what_was_passed_down_to_its_own_departments(story, world, of_the_city):
    voice = passed(of_the_city, world)
    voice = actions.assign(
        voice.code, by=world.officer, seen=None, department=world.lamps, beside=[world.farms]
    )
    assert (voice.state, has(world.officer), has(world.city_officer)) == (
        "assigned", [voice.code], [voice.code],
    )  # fmt: skip
    readers = {world.officer.name, world.handler.name, world.handler2.name}
    assert reads(voice, world.officer, world.handler, world.handler2, world.neighbour_officer) == readers
    assert not {"call_in", "answer"} & moves(world.city_officer, voice)
    voice = actions.return_to_office(voice.code, by=world.handler, seen=None, words="不归城管局管。")
    assert (voice.state, standing.holder(voice)) == ("sent_up", world.county.office)
    voice = actions.assign(voice.code, by=world.officer, seen=None, department=world.farms)
    done = actions.answer(voice.code, by=world.handler2, seen=None, words="沟渠清了。")
    assert queries.answers(done)[0].who == "农业农村局"


# ── Across: from one county to another, by the city over both ──
def across(voice, w, to=None):
    return actions.pass_down(
        voice.code, by=w.city_officer, seen=None, to=to or w.neighbour, words="出事的路段在云岭县"
    )


def test_a_city_passes_a_countys_voice_to_another_county(story, of_departments):
    w, up = of_departments, story.to("sent_up", words="交界那段路的护栏倒了。", phone="13900000001")
    day, everybody = up.answer_by, (w.officer, w.city_officer, w.province_officer, w.neighbour_officer)
    assert w.neighbour_officer.name not in reads(up, *everybody)
    assert list(levels.open_to(up)) == [w.neighbour]
    assert "pass_down" in moves(w.city_officer, up)
    voice = across(up, w)
    assert (voice.state, voice.committee, voice.upper) == ("sent_up", w.county, w.neighbour)
    assert (voice.answer_by, voice.due_by) == (day, day)
    assert (str(voice.get_state_display()), standing.holder(voice)) == ("另一家政协在办", w.neighbour.office)
    offices = {one.name for one in (w.officer, w.city_officer, w.neighbour_officer)}
    assert reads(voice, *everybody, w.of_far) == offices
    assert (has(w.neighbour_officer), has(w.city_officer)) == ([voice.code], [])
    assert [one.code for one in queries.passed_through(w.city_officer)] == [voice.code]
    assert {"answer", "extend", "assign", "return_across"} <= moves(w.neighbour_officer, voice)
    assert not {"send_down", "send_up", "return_down", "pass_down"} & moves(w.neighbour_officer, voice)
    assert not {"answer", "assign", "pass_down"} & (moves(w.city_officer, voice) | moves(w.officer, voice))
    for stays in ("send_up", "send_down"):
        with pytest.raises(NotYours):
            getattr(actions, stays)(voice.code, by=w.neighbour_officer, seen=None, words="不归我们。")
    with pytest.raises(NotYours):  # who has it has the phone; who passed it on has it no more
        actions.reveal_phone(voice.code, by=w.city_officer, reason="打电话问位置")
    assert actions.reveal_phone(voice.code, by=w.neighbour_officer, reason="打电话问位置")
    told = (
        f"这件事归{w.neighbour.office}来办：出事的路段在云岭县。 已经交过去了。最晚 {long_day(day)}答复您。"
    )
    assert sentences(voice, "voice_passed_down") == [told]
    assert sentences(voice, "voice_passed_down", mine=False) == [w.neighbour.office]
    assert who._holder(Act.objects.filter(subject=voice.subject).last()) == [f"officers:{w.neighbour.code}"]

    voice = actions.assign(voice.code, by=w.neighbour_officer, seen=None, department=w.far)
    assert reads(voice, w.of_far, w.handler, w.of_streets) == {w.of_far.name}
    done = actions.answer(voice.code, by=w.of_far, seen=None, words="护栏换了新的。")
    assert queries.answers(done)[0].who == "水利局"
    assert {act.committee for act in Act.objects.filter(subject=done.subject)} == {w.county.path}
    seal.seal()
    assert verify().ok


def test_what_was_passed_across_goes_back_to_the_city(story, of_departments):
    w = of_departments
    voice = across(story.to("sent_up"), w)
    actions.note(voice.code, by=w.neighbour_officer, words="问过乡里，不在我县。")
    back = actions.return_across(voice.code, by=w.neighbour_officer, seen=voice.version, words="那段在清溪县")
    assert (back.state, back.upper, back.lower) == ("sent_up", w.city, False)
    assert (back.answer_by, has(w.city_officer)) == (voice.answer_by, [back.code])
    assert reads(back, w.officer, w.city_officer, w.neighbour_officer) == {
        w.officer.name,
        w.city_officer.name,
    }
    told = f"{w.neighbour.office}请{w.city.office}接着办：那段在清溪县"
    assert sentences(back, "voice_sent_down") == [told]
    assert who._holder(Act.objects.filter(subject=back.subject).last()) == [f"officers:{w.city.code}"]
    with pytest.raises(Unseen):
        actions.answer(back.code, by=w.neighbour_officer, seen=None, words="我们来答。")
    home = actions.send_down(back.code, by=w.city_officer, seen=None, words="还是你们办。")
    assert (home.state, standing.holder(home)) == ("taken_up", w.studio.name)


def test_across_goes_only_to_who_lies_below_and_not_back_where_it_came_from(story, of_departments):
    w, up = of_departments, story.to("sent_up")
    for elsewhere in (w.county, w.city, w.province):
        with pytest.raises(ValidationError, match="选下面一级"):
            across(up, w, elsewhere)
    high = actions.send_up(up.code, by=w.city_officer, seen=None, words="归省里。")
    assert list(levels.open_to(high)) == []  # all that lies below the province lies on the way back, here
    Committee.objects.filter(pk=w.neighbour.pk).update(records_since=None)
    low = story.to("sent_up", words="另一件。")
    with pytest.raises(ValidationError, match="选下面一级"):
        across(low, w)


def test_where_the_city_stopped_working_it_goes_back_to_its_own_county(story, of_departments):
    w = of_departments
    voice = across(story.to("sent_up"), w)
    Committee.objects.filter(pk=w.city.pk).update(records_since=None)
    voice = queries.get(voice.code, w.neighbour_officer)
    assert "send_down" in moves(w.neighbour_officer, voice)
    assert "return_across" not in moves(w.neighbour_officer, voice)
    back = actions.send_down(voice.code, by=w.neighbour_officer, seen=None, words="在清溪县。")
    assert (back.state, standing.holder(back)) == ("taken_up", w.studio.name)
