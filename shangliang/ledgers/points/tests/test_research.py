"""What an outcome of a research report brings its writers, and takes back once it is taken back itself."""

from shangliang.base import clock
from shangliang.flow.research.tests.story import noted, sent, taken_back
from shangliang.ledgers.points.actions import object_, repost, uphold
from shangliang.ledgers.points.actions.objecting import New
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


def test_what_an_upheld_doubt_posted_instead_goes_back_with_the_outcome(world):
    row = sent(world)
    noted(world, row, "adopt", pieces=["1"])
    before = sum(Entry.objects.exclude(act="research_adopted").values_list("points", flat=True))
    doubts = (world.leader, "research_writer", True), (world.officer, "research_adopted", False)
    for by, rule, reverse in doubts:
        rows = Entry.objects.filter(member=world.member.key, subject=row.subject, reverses="")
        asked = object_(by=world.member, words="记的分不对。", entry=rows.latest("pk").code)
        new = New(rule, clock.today())
        uphold(asked.code, by=by, seen=None, words="核对过了。", reverse=reverse, new=new)
    taken_back(world, row, "government")
    assert sum(Entry.objects.values_list("points", flat=True)) == before
    rows = sorted(Entry.objects.values_list("code", "points", "day", "reverses"))
    repost()
    assert sorted(Entry.objects.values_list("code", "points", "day", "reverses")) == rows
