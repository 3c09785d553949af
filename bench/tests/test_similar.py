"""The ruler for similar texts measures what it says."""

import pytest

from bench.similar import measure


def test_fellows_are_found_and_strangers_cost():
    rows = [(1, "巷口的路灯坏了"), (1, "路灯坏了没人修"), (2, "公交改线了"), (2, "水渠漏水"), (0, "河滩停车")]
    found = measure(rows)
    assert found.recall == pytest.approx(0.5)
    assert found.precision == pytest.approx(1 / 6)
    assert found.some == pytest.approx(0.5)
