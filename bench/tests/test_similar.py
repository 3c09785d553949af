"""The ruler for similar texts measures what it says."""

import pytest

from bench.similar import by_order, by_pages, measure

ROWS = [(1, "巷口的路灯坏了"), (1, "路灯坏了没人修"), (2, "公交改线了"), (2, "水渠漏水"), (0, "河滩停车")]


def test_fellows_are_found_and_strangers_cost():
    found = measure(ROWS, by_order(ROWS))
    assert found.recall == pytest.approx(0.5)
    assert found.precision == pytest.approx(1 / 6)
    assert found.some == pytest.approx(0.5)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_what_the_pages_show_is_what_is_measured():
    """One finds its fellow; what shares nothing that tells is shown nothing."""
    for shown in by_pages(ROWS):
        assert (shown(0), shown(1)) == ([1], [0])
        assert measure(ROWS, shown).stray == 0
