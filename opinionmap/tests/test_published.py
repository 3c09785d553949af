"""What may be shown: no person, no small group, no small cell, floors that only rise, and whose votes it
was."""

import json

import pytest

from opinionmap import Conversation, State, published

from .made import as_rows, planted


@pytest.fixture(scope="module")
def rows():
    arrays, _ = planted(400, 30, 2, 0.95, sizes=(380, 20))
    return [(f"person {who}", what, vote) for who, what, vote in as_rows(arrays)]


def some_seen_little(rows):
    """The first statement was seen by three of the small group only."""
    return [row for row in rows if row[1] != 0 or int(row[0].split()[1]) < 383]


def test_no_person_stands_in_it(rows):
    told = json.dumps(published(Conversation(rows).map()))
    assert "person " not in told
    assert "positions" not in told
    assert json.loads(told)["groups"] == [{"name": 0, "people": 380}, {"name": 1, "people": 20}]


def test_counts_are_those_of_the_map(rows):
    found = Conversation(rows).map()
    told = published(found)
    first = told["statements"][0]
    assert first["votes"] == dict(zip(("disagree", "pass", "agree"), found.votes[:, 0].tolist(), strict=True))
    assert [sum(group.values()) for group in first["groups"]] == found.group_votes[:, :, 0].sum(
        axis=1
    ).tolist()
    assert [name for name, _ in told["group_aware"]] == [name for name, _ in found.group_aware]
    assert [held["statement"] for held in told["representative"][1]["statements"]] == [
        held.statement for held in found.representative[1]
    ]


def test_small_cells_are_blank_and_cannot_be_had_by_taking_away(rows):
    rows = some_seen_little(rows)
    told = published(Conversation(rows).map())
    first = told["statements"][0]
    assert first["votes"] is None
    assert sum(1 for group in first["groups"] if group is None) == 1
    lists = [told["consensus"], told["representative"][1], told["group_aware"]]
    assert '"statement": 0,' not in json.dumps(lists[:2])
    assert 0 not in [name for name, _ in told["group_aware"]]
    assert told["statements"][1]["votes"] is not None


def test_a_higher_floor_blanks_more_and_joins_more(rows):
    found = Conversation(rows).map()
    cells = [group for each in published(found, least_cell=19)["statements"] for group in each["groups"]]
    assert None in cells
    assert published(found, least_group=20)["k"] == 2
    higher = published(found, least_group=21)
    assert (higher["k"], higher["groups"], higher["group_aware"]) == (0, [], [])


def test_three_groups_of_which_one_is_too_small():
    arrays, _ = planted(210, 40, 3, 0.9, sizes=(100, 100, 10))
    found = Conversation.from_arrays(*arrays).map()
    assert sorted(found.sizes) == [10, 100, 100]
    told = published(found, least_group=11)
    assert sorted(each["people"] for each in told["groups"]) == [100, 110]
    assert told["in_groups"] == 210
    assert sum(sum(group.values()) for group in told["statements"][3]["groups"]) == found.votes[:, 3].sum()


@pytest.mark.parametrize("floor", [{"least_group": 4}, {"least_cell": 4}, {"least_cell": 0}])
def test_floors_only_rise(rows, floor):
    with pytest.raises(ValueError, match="only be raised"):
        published(Conversation(rows[:100]).map(), **floor)


def test_the_hash_is_of_what_went_in(rows):
    talk = Conversation(rows)
    first = published(talk.map())["input"]
    assert first == published(Conversation(rows[::-1]).map())["input"]
    assert len(first) == 64
    talk.moderate({3: 1})
    second = published(talk.map())["input"]
    talk.add([("person 5", 3, 0)])
    third = published(talk.map())["input"]
    talk.leave_out(["person 9"], "handed in twice")
    assert len({first, second, third, published(talk.map())["input"]}) == 4


def test_an_old_map_is_not_published_under_a_new_hash(rows):
    talk = Conversation(rows)
    found = talk.map()
    talk.add([("person 1", 1, 1)])
    with pytest.raises(RuntimeError, match="make it anew"):
        published(found)


def test_leaving_out_is_told_with_and_without(rows):
    talk = Conversation(rows)
    before = talk.map()
    assert published(before)["with_everyone"] is None
    talk.leave_out([f"person {n}" for n in range(380, 400)] + ["nobody"], "twenty ballots from one address")
    found = talk.map()
    told = published(found)
    assert told["left_out"]["participants"] == {"twenty ballots from one address": 20}
    assert told["participants"] == 380
    assert told["with_everyone"]["participants"] == 400
    assert [each["people"] for each in told["with_everyone"]["groups"]] == [380, 20]
    assert found.everyone.consensus == before.consensus
    kept = [row for row in rows if int(row[0].split()[1]) < 380]
    without = Conversation(kept).map()
    assert found.consensus == without.consensus
    assert (found.axes == without.axes).all()
    assert (found.votes == without.votes).all()
    assert found.left_out.participants["person 399"] == "twenty ballots from one address"
    talk.leave_out(["person 399"], "another reason")
    assert talk.map().left_out.participants["person 399"] == "another reason"
    talk.take_back(["person 399"])
    assert published(talk.map())["participants"] == 381
    talk.take_back([f"person {n}" for n in range(380, 400)])
    assert talk.map().consensus == before.consensus


def test_the_votes_of_a_few_left_out_can_not_be_had_by_taking_away(rows):
    talk = Conversation(rows)
    talk.leave_out(["person 1", "person 2"], "asked for it")
    told = published(talk.map())
    assert all(each["votes"] for each in told["statements"])
    voted = {what for who, what, _vote in rows if who in ("person 1", "person 2")}
    for each in told["with_everyone"]["statements"]:
        hidden = each["statement"] in voted
        assert (each["votes"] is None) is hidden
        assert all((group is None) is hidden for group in each["groups"])
    lists = json.dumps([told["with_everyone"][name] for name in ("consensus", "representative")])
    assert not any(f'"statement": {name},' in lists for name in voted)


def test_a_reason_is_needed(rows):
    with pytest.raises(ValueError, match="reason"):
        Conversation(rows[:9]).leave_out(["person 1"], "  ")


def test_left_out_people_with_given_groups(rows):
    talk = Conversation(rows)
    talk.leave_out(["person 1"], "asked for it")
    found = talk.map(groups={f"person {n}": n % 2 for n in range(10)})
    assert found.group_of["person 1"] is None
    assert found.sizes == (5, 4)
    assert found.everyone.sizes == (5, 5)


def test_updates_with_people_left_out_are_exact(rows, monkeypatch):
    from opinionmap import covariance

    monkeypatch.setattr(covariance, "FEW", 0)
    talk = Conversation(rows)
    talk.leave_out(["person 3", "person 4"], "asked for it")
    talk.map()
    more = [("person 3", 2, 0), ("person 4", 5, 1), ("person 8", 2, -1), ("person 9", 9, 0)]
    talk.add(more)
    found = talk.map()
    other = Conversation([*rows, *more])
    other.leave_out(["person 4", "person 3"], "asked for it")
    again = other.map()
    assert (found.axes == again.axes).all()
    assert (found.group_votes == again.group_votes).all()
    assert (found.everyone.axes == again.everyone.axes).all()


def test_meta_statements_are_in_no_list_but_shown_now_and_then(rows):
    found = Conversation(rows, meta=[2]).map()
    assert found.left_out.statements == {2: "meta"}
    assert 2 not in [name for name, _ in found.group_aware]
    assert 2 not in [x.statement for x in (*found.consensus.agree, *found.consensus.disagree)]
    assert dict(found.priority)[2] == 49
    assert found.axes[:, 2].tolist() == [0, 0]


def test_strict_moderation_takes_what_was_accepted(rows):
    from opinionmap import Settings

    accepted = dict.fromkeys(range(20), 1) | {29: -1}
    found = Conversation(rows, moderated=accepted, settings=Settings(strict=True)).map()
    assert found.statements[:20] == tuple(name for name, shown in zip(found.statements, found.shown) if shown)  # noqa: B905
    assert found.left_out.statements[25] == "not accepted"
    assert found.left_out.statements[29] == "rejected"


def test_a_moderation_that_is_none():
    with pytest.raises(ValueError, match="moderated is"):
        Conversation(moderated={1: 5})


def test_what_nobody_in_a_group_has_seen_is_to_be_shown_first(rows):
    found = Conversation([*rows, ("late", "new", 1)]).map()
    assert found.unseen == ("new",)
    assert found.left_out.participants == {"late": "few votes"}


def test_a_state_is_not_published(rows):
    assert isinstance(Conversation(rows).map().state, State)
    assert "state" not in published(Conversation(rows).map())
