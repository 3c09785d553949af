"""Too little, too much alike, or nothing at all: no groups yet, and never an exception."""

import json

import pytest

from opinionmap import Conversation, Settings, published
from opinionmap.command import as_json
from opinionmap.drawing import svg
from opinionmap.words import summary

from .made import as_rows, planted


def everybody(vote, people=40, statements=10):
    return [(person, statement, vote) for person in range(people) for statement in range(statements)]


def mixed(people, statements):
    return [(p, s, (p * 7 + s * 3 + p * s) % 3 - 1) for p in range(people) for s in range(statements)]


def two_camps(people, statements=10):
    return [(p, s, 1 if (p + s) % 2 else -1) for p in range(people) for s in range(statements)]


TOO_LITTLE = {
    "empty": ([], {}),
    "one participant": (mixed(1, 10), {}),
    "one statement": ([(p, 0, (-1) ** p) for p in range(60)], {}),
    "one vote": ([(1, 1, 1)], {}),
    "all pass": (everybody(0), {}),
    "all agree": (everybody(1), {}),
    "all disagree": (everybody(-1), {}),
    "nobody with 7 votes": ([(p, (p + n) % 30, (-1) ** (p + n)) for p in range(60) for n in range(6)], {}),
    "everything rejected": (mixed(40, 10), dict.fromkeys(range(10), -1)),
    "all but one rejected": (mixed(40, 10), dict.fromkeys(range(9), -1)),
    "fewer people than groups": (mixed(3, 10), {}),
    "fewer people than asked": (two_camps(14), {}),
}


@pytest.mark.parametrize("rejected", ["zero", "drop"])
@pytest.mark.parametrize("name", TOO_LITTLE)
def test_no_groups_yet(name, rejected):
    votes, moderated = TOO_LITTLE[name]
    talk = Conversation(votes, moderated=moderated, settings=Settings(rejected=rejected))
    found = talk.map()
    assert found.k == 0
    assert set(found.group_of.values()) <= {None}
    assert found.group_aware == []
    assert found.representative == {}
    assert published(found)["groups"] == []
    for language in ("zh", "en"):
        assert summary(found, language, {})
        assert svg(found, language).startswith("<svg")
    json.dumps(as_json(found), allow_nan=False)
    again = talk.map(found.state)
    assert again.k == 0


def test_what_people_share_is_there_before_there_are_groups():
    found = Conversation(everybody(1)).map()
    assert [each.statement for each in found.consensus.agree] == [0, 1, 2, 3, 4]
    assert len(found.priority) == 10


def test_strict_moderation_with_nothing_accepted():
    found = Conversation(two_camps(40), settings=Settings(strict=True)).map()
    assert found.k == 0
    assert set(found.left_out.statements.values()) == {"not accepted"}


def test_one_axis_is_enough():
    found = Conversation(two_camps(40)).map()
    assert found.k == 2
    assert found.sizes == (20, 20)


def test_groups_under_five_join_the_nearest():
    """Two camps of twenty, and three who go their own way."""
    arrays, _ = planted(43, 60, 3, 0.9, sizes=(20, 20, 3))
    rows = as_rows(arrays)
    assert sorted(Conversation(rows, settings=Settings(least_group=1)).map().sizes) == [3, 20, 20]
    assert sum(Conversation(rows).map().sizes) == 43
    assert min(Conversation(rows).map().sizes) >= 5


def test_a_few_outsiders_are_no_second_group():
    """Thirty alike, and four against them: nobody of the four is to be pointed at."""
    rows = [(p, s, 1 if p < 30 or s % 2 else -1) for p in range(34) for s in range(12)]
    assert Conversation(rows).map().k == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"least_votes": 0},
        {"least_group": 0},
        {"rounds": 0},
        {"most_groups": 1},
        {"least_people": 1},
        {"rejected": "so"},
    ],
)
def test_settings_that_make_no_sense(wrong):
    with pytest.raises(ValueError):  # noqa: PT011, an enumeration says it in its own words
        Settings(**wrong)
