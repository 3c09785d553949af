"""What must always hold, asked every night: a planted fault is told loudly, at night and by `verify`."""

import json
import logging
from io import StringIO

import pytest
from django.core.management import call_command

from shangliang.base.charts import invariants
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Assignment, Remark, Voice


@pytest.fixture
def refused(story):
    return story.to("refused")


@pytest.fixture
def shared(story, world):
    taken = story.to("taken_up")
    return actions.assign(
        taken.code, by=world.officer, seen=None, department=world.lamps, beside=[world.farms]
    )


def test_what_the_actions_do_breaks_nothing(refused, shared, story, world):
    story.to("closed")
    actions.give_opinion(shared.code, by=world.handler2, seen=None, words="田边的杆归我们移。")
    assert invariants.check() == []


@pytest.mark.parametrize(
    "gone", [{"owner": ""}, {"contact": ""}, None], ids=["owner", "contact", "all of it"]
)
def test_a_refused_voice_without_next_owner_is_told_every_night(refused, caplog, gone):
    said = Remark.objects.filter(voice=refused)
    said.update(**gone) if gone else said.delete()
    with caplog.at_level(logging.ERROR):
        invariants.nightly()
    [told] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "refused_has_next_owner" in told
    assert refused.subject in told
    assert str(refused.words) not in told, "no word of a resident stands in a log"


def test_verify_names_it_and_exits_with_1(refused, capsys):
    Remark.objects.filter(voice=refused).update(owner="")
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("verify", stdout=out, stderr=err)
    assert end.value.code == 1
    assert refused.subject in err.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--json", stdout=out)
    [fault] = json.loads(out.getvalue())["faults"]
    assert (fault["name"], fault["rows"]) == ("refused_has_next_owner", 1)


def test_a_turn_that_nobody_has_is_told(shared, world):
    Voice.objects.filter(pk=shared.pk).update(awaits=world.roads)
    assert [fault.name for fault in invariants.check()] == ["turn_is_with_who_owes"]
    Voice.objects.filter(pk=shared.pk).update(awaits=None)
    assert [fault.subjects for fault in invariants.check()] == [[shared.subject]]
    Assignment.objects.filter(voice=shared, task="beside").update(ended_at=shared.left_at)
    assert invariants.check() == []


def test_a_voice_with_a_department_of_a_place_that_never_had_it_is_told(shared, world):
    Voice.objects.filter(pk=shared.pk).update(department=world.far)
    assert [fault.name for fault in invariants.check()] == ["asked_by_who_has_it"]
    Voice.objects.filter(pk=shared.pk).update(upper=world.neighbour)
    assert invariants.check() == []
