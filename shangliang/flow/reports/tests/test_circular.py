"""The yearly circular: what came of a year's reports, by its days, on the page, as PDF and as a Word file."""

import pytest

from shangliang.base import clock
from shangliang.base.paper.press import printed
from shangliang.base.paper.tests import reading
from shangliang.base.people import queries as people
from shangliang.flow.reports import actions, circular, queries

from .story import endorsed, issued, sent


def adopted(world, row, level, *, combined=False, where="《情况专报》第8期"):
    actions.adopt(
        row.code, by=world.officer, seen=None, level=level, combined=combined, where=where, on=clock.today()
    )


@pytest.fixture
def year(world):
    """Two issued, one of them adopted twice over at the city and endorsed there; one sent and no further."""
    first, _bulletin = issued(world, title="关于巷道路灯没有人管的情况")
    second, _bulletin = issued(world, title="关于公交末班车太早的情况")
    sent(world, title="关于菜场地面积水的情况和建议")
    for combined in (False, True):
        adopted(world, first, "city", combined=combined)
    adopted(world, second, "province", combined=True, where="《专报》第2期")
    endorsed(world, first)
    return circular.of(world.county, clock.today().year)


def said_of(found):
    return circular.said(found, people.names(found.writers), queries.titles(found.reports))


def test_it_counts_things_and_not_people(year):
    assert (year.sent, year.numbers, year.issued, len(year.adoptions), len(year.endorsements)) == (
        3,
        2,
        2,
        3,
        1,
    )
    assert dict(circular.levels(year)) == {"市级": 1, "省级": 1}  # a report counts once a level
    text = said_of(year)["text"]
    for words in ("信息3篇", "专报2期、2条", "市级采用1篇", "省级采用1篇", "批示1条次"):
        assert words in text


def test_another_year_and_another_county_have_nothing(world, year):
    assert circular.of(world.county, 2020).adoptions == []
    assert circular.of(world.neighbour, year.year).sent == 0
    assert circular.years(world.neighbour) == []
    assert circular.years(world.county) == [year.year]


def test_on_paper_and_in_word_it_says_the_same(year):
    said = said_of(year)
    pdf = printed(circular.CIRCULAR, said)
    words = "\n".join(row.text for row in reading.word(circular.word(said)).paragraphs)
    for told in ("关于巷道路灯没有人管的情况", "（综合）", "岳委员", "示例市市长", "不分名次"):
        assert told in reading.text(pdf)
        assert told in words
