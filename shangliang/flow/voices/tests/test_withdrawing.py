"""The author takes something back: the showing, or the whole voice."""

from datetime import timedelta

import pytest

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.models import Act
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.queries import tied


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def test_a_public_voice_is_made_private_again_and_the_matter_goes_on(story, world):
    voice = story.to("assigned", public=True)
    actions.show(voice.code, by=world.officer, seen=1)
    assert search.newest("shown_voice", "路灯", Voice.objects.all())[0]
    due = voice.due_by
    hidden = actions.make_private(voice.code, by=story.by(voice), seen=2)
    assert (hidden.review, hidden.public, hidden.state, hidden.due_by) == ("", False, "assigned", due)
    assert search.newest("shown_voice", "路灯", Voice.objects.all())[0] == []
    assert queries.shown().filter(pk=voice.pk).count() == 0
    assert Act.objects.get(name="review_made_private").facts == {"was": "shown"}
    with pytest.raises(NotNow):
        actions.show(voice.code, by=world.officer, seen=hidden.review_version)


@pytest.mark.parametrize("review", ["waiting", "withheld"])
def test_what_waits_or_was_withheld_is_made_private_too(story, world, review):
    voice = story.leave(public=True)
    if review == "withheld":
        voice = actions.withhold(voice.code, by=world.officer, seen=1, reason="abuse", detail="「那句话」")
    hidden = actions.make_private(voice.code, by=story.by(voice), seen=voice.review_version)
    assert (hidden.review, hidden.withheld_reason) == ("", "")
    assert not queries.to_look_over(world.officer, review).exists()


def test_only_the_author_makes_it_private_or_withdraws_it(story, world):
    voice = story.to("taken_up", public=True)
    for person in (world.officer, world.convener, world.auditor):
        with pytest.raises(NotYours):
            actions.make_private(voice.code, by=person, seen=None)
        with pytest.raises(NotYours):
            actions.withdraw(voice.code, by=person, seen=None)


def test_a_withdrawn_voice_stops_its_clocks_and_is_shown_no_more(story, world):
    voice = story.to("assigned", public=True, phone="13812345678")
    actions.show(voice.code, by=world.officer, seen=1)
    gone = actions.withdraw(voice.code, by=story.by(voice), seen=voice.version)
    assert (gone.state, gone.due_by, gone.review, gone.phone) == ("withdrawn", None, "", "")
    assert gone.withdrawn_on == clock.today()
    assert set(gone.deadlines.values_list("end", flat=True)) == {"met", "dropped"}
    assert [act.name for act in Act.objects.filter(thread=voice.thread).order_by("pk")][-2:] == [
        "review_made_private", "voice_withdrawn",
    ]  # fmt: skip
    assert fresh(gone).words == voice.words  # they stay with the office until they are erased
    assert queries.get(gone.code, world.officer)
    with pytest.raises(NotNow):
        actions.answer(voice.code, by=world.handler, seen=None, words="修好了。")
    actions.erase(voice.code, by=story.by(gone))
    assert fresh(gone).erased_on


def test_what_became_a_topic_is_not_withdrawn_by_one(story):
    voice = story.to("in_consultation")
    with pytest.raises(NotNow):
        actions.withdraw(voice.code, by=story.by(voice), seen=voice.version)


def test_what_was_merged_into_a_withdrawn_voice_goes_on_by_itself(story):
    host = story.to("taken_up", words="学校门口的灯也黑着。")
    voice = story.to("taken_up")
    due = voice.due_by
    story.merge(voice, host)
    actions.withdraw(host.code, by=story.by(host), seen=host.version)
    back = fresh(voice)
    assert (back.state, back.due_by, back.merged_into) == ("taken_up", due, None)
    assert tied.together(back).into is None
    assert Act.objects.filter(thread=voice.thread).order_by("pk").last().by == "clock"


def test_a_merged_voice_may_be_withdrawn_too(story):
    voice = story.to("merged")
    gone = actions.withdraw(voice.code, by=story.by(voice), seen=voice.version)
    assert (gone.state, gone.merged_into) == ("withdrawn", None)


def test_no_number_is_left_with_what_was_withdrawn(story):
    voice = story.leave(phone="13812345678")
    actions.withdraw(voice.code, by=story.by(voice), seen=voice.version)
    with pytest.raises(NotNow):
        actions.correct_phone(voice.code, by=story.by(voice), phone="13912345678")
    actions.correct_phone(voice.code, by=story.by(voice), phone="")  # none is always welcome
    kept = fresh(voice)
    kept.phone = "13912345678"  # as an older version may have left it
    kept.save(update_fields=["phone"])
    assert not queries.phones_kept_since(clock.now()).exists()
    assert queries.phones_kept_since(clock.now() + timedelta(days=200)).get().pk == voice.pk
