"""Every act is decided: it tells somebody, or nobody on purpose."""

import pytest

from shangliang.base.journal.acts import declared
from shangliang.base.journal.models import Act
from shangliang.flow.voices.ladder import PROMISE
from shangliang.ledgers.notices import table
from shangliang.ledgers.notices.who import FINDERS, seats


def test_every_act_tells_somebody_or_nobody_on_purpose():
    told, quiet = set(table.TELLS), table.nobody()
    assert not told & quiet
    assert told | quiet == set(declared())


def test_every_seat_of_the_table_can_be_found_and_is_named():
    named = {seat for line in table.TELLS.values() for seat in line.to}
    assert named <= FINDERS.keys()
    assert named <= table.SEATS.keys()
    assert {line.kind for line in table.TELLS.values()} == set(table.KINDS)


@pytest.mark.django_db
def test_of_a_promise_whose_day_passed_the_studio_and_its_office_are_told_too():
    def told(kind):
        facts = {"kind": kind, "holder": "department:d"}
        return seats(
            Act(name="voice_reminded", subject="voice:v", studio="s", committee="99/990101/", facts=facts)
        )

    assert told("answer") == ["author:v", "department:d"]
    assert told(PROMISE) == ["author:v", "department:d", "hosts:s", "officers:990101"]
