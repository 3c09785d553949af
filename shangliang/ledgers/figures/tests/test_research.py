"""Research reports, their advice and supervisions by study in figures: each number opens to its rows."""

from shangliang.flow.reports.tests import story as opinions
from shangliang.flow.research import actions
from shangliang.flow.research.tests.story import (
    endorsed,
    noted,
    put_right,
    sent,
    study,
    submitted,
    taken_back,
)
from shangliang.ledgers.figures import boards, queries
from shangliang.ledgers.figures.period import Period

from .conftest import count

PERIOD = Period(None)


def number(world, name):
    return queries.figure(name, world.county).counted


def opened(world, name, who):
    return boards.opened(name, world.county, PERIOD, actor=getattr(world, who), after="").records


def test_reports_and_pieces_of_advice_count_once_and_open_to_their_rows(world, monday):
    submitted(world)
    row = sent(world)
    noted(world, row, "acknowledge", whom="own", pieces=["1"])
    noted(world, row, "acknowledge", pieces=["1", "2"])
    noted(world, row, "acknowledge")  # the whole: no piece more
    noted(world, row, "adopt", whom="own", pieces=["1"])
    noted(world, row, "adopt", pieces=["1", "2"])
    sent(world)
    count()
    assert number(world, "research_reports") == 2
    assert number(world, "research_reports_adopted") == 1
    assert number(world, "advice_acknowledged") == 2
    assert number(world, "advice_adopted_by_government") == 2
    rows = opened(world, "advice_acknowledged", "member").rows
    assert [one.adds for one in rows] == [1, 1]
    assert {one.told.title for one in rows} == {row.heading}
    assert opened(world, "advice_acknowledged", "handler").left_out == 2


def test_what_was_written_down_wrongly_falls_out_of_the_figures(world, monday):
    row = sent(world)
    noted(world, row, "adopt", pieces=["1", "2"])
    noted(world, row, "adopt", whom="own", pieces=["1"], words="主席会议")

    def numbers():
        count()
        return [number(world, name) for name in ("research_reports_adopted", "advice_adopted_by_government")]

    assert numbers() == [1, 2]
    taken_back(world, row, "government")
    assert numbers() == [1, 0]
    taken_back(world, row, "own")
    assert numbers() == [0, 0]
    noted(world, row, "adopt", pieces=["3"])
    assert numbers() == [1, 1]


def test_an_endorsement_of_a_study_counts_beside_those_of_opinion_reports(world, monday):
    item, _bulletin = opinions.issued(world)
    opinions.endorsed(world, item)
    row = sent(world, study(world))
    endorsed(world, row)
    noted(world, row, "adopt", pieces=["1"])
    put_right(world, row)
    actions.close(row.code, by=world.officer, seen=None)
    count()
    assert number(world, "leader_endorsements") == 2
    assert number(world, "opinion_items_endorsed") == 1
    assert (number(world, "research_reports"), number(world, "research_reports_adopted")) == (0, 0)
    assert (number(world, "supervisions_by_study"), number(world, "put_right_by_study")) == (1, 1)
    assert number(world, "advice_adopted_by_government") == 1
    titles = {one.told.title for one in opened(world, "leader_endorsements", "officer").rows}
    assert titles == {str(item.title), row.heading}
    theirs = opened(world, "leader_endorsements", "deputy")  # of the team, and convener of the studio
    assert (len(theirs.rows), theirs.left_out) == (2, 0)
    none = opened(world, "leader_endorsements", "handler")
    assert (len(none.rows), none.left_out) == (0, 2)
