"""Every move that an address carries, sent in every column: carried for whom the table gives it."""

import pytest

from shangliang.base.charts.chart import CHARTS

from .who_may import addresses, trying
from .who_may.addresses import address
from .who_may.browsing import allowed, base, moves, scene, sent
from .who_may.columns import COLUMNS, SIGN_IN, VISITORS

__all__ = ["base", "scene"]
pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(databases=["default", "keyring"]),
]  # within the module's transaction


@pytest.mark.parametrize("row", addresses.MOVES, ids=" ".join)
def test_a_move_is_carried_for_whom_the_table_gives_it(scene, row):
    chart, stage, *name = row
    thing = scene.things[name[-1]]
    thing.refresh_from_db()
    assert trying.state_of(chart, stage) == getattr(thing, CHARTS[chart].state)
    carried = [move[-1] for move in moves() if move[:-1] == row]
    who = {column: [actor] for column, actor in scene.who.items()}
    for move, declared in trying.answers(chart, carried, thing, who).items():
        declared |= dict.fromkeys(VISITORS, SIGN_IN)
        where = address(scene, *name, move)
        allowed(declared, {column: sent(scene, column, where, {}, thing, chart) for column in COLUMNS}, move)
