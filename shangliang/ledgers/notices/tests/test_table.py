"""Every act is decided: it tells somebody, or nobody on purpose."""

from shangliang.base.journal.acts import declared
from shangliang.ledgers.notices import table
from shangliang.ledgers.notices.who import FINDERS


def test_every_act_tells_somebody_or_nobody_on_purpose():
    told, quiet = set(table.TELLS), table.nobody()
    assert not told & quiet
    assert told | quiet == set(declared())


def test_every_seat_of_the_table_can_be_found_and_is_named():
    named = {seat for line in table.TELLS.values() for seat in line.to}
    assert named <= FINDERS.keys()
    assert named <= table.SEATS.keys()
    assert {line.kind for line in table.TELLS.values()} == set(table.KINDS)
