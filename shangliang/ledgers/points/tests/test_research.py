"""What an outcome of a research report brings its writers, and takes back once it is taken back itself."""

from shangliang.flow.research.tests.story import noted, sent, taken_back
from shangliang.ledgers.points.actions import repost
from shangliang.ledgers.points.models import Entry


def test_what_was_written_down_wrongly_is_taken_back_once_nobody_says_it(world):
    row = sent(world)
    brought = Entry.objects.filter(act="research_adopted")
    noted(world, row, "adopt", pieces=["1", "2"])
    noted(world, row, "adopt", whom="own", pieces=["1"], words="主席会议")
    assert brought.count() == 2  # lead and writer
    taken_back(world, row, "government")
    assert not Entry.objects.exclude(reverses="").exists()  # adopted by another still
    taken_back(world, row, "own")
    back = Entry.objects.filter(act="research_taken_back")
    assert sorted(back.values_list("reverses")) == sorted(brought.values_list("code"))
    before = sorted(Entry.objects.values_list("code", "points", "reverses"))
    repost()
    assert sorted(Entry.objects.values_list("code", "points", "reverses")) == before
    noted(world, row, "adopt", pieces=["3"])
    assert brought.count() == 4
