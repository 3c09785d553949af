"""The worker waits an outage out, and ends at a fault of ours."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from shangliang import chores
from shangliang.base import clock
from shangliang.base.charts import invariants
from shangliang.base.people import retention
from shangliang.site.console.management.commands import work

pytestmark = pytest.mark.django_db


def happening(monkeypatch, *faults):
    """What the worker meets at its looks, one after the other; then StopIteration ends it."""
    waiting = iter(faults)

    def often():
        raise next(waiting)

    monkeypatch.setattr(chores, "often", often)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)  # the test's own holds its transaction
    monkeypatch.setattr(work.time, "sleep", lambda seconds: None)


def test_the_worker_goes_on_after_an_outage(monkeypatch, capsys):
    happening(monkeypatch, OperationalError("the database restarts"), OSError(28, "no space left"))
    with pytest.raises(StopIteration):
        call_command("work")
    assert capsys.readouterr().err.count("用不了") == 2


def test_a_fault_of_ours_is_not_waited_away(monkeypatch):
    happening(monkeypatch, ValueError("ours"))
    with pytest.raises(ValueError, match="ours"):
        call_command("work")


def test_the_worker_asks_what_must_always_hold_once_a_night(monkeypatch):
    asked = []
    monkeypatch.setattr(invariants, "nightly", lambda: asked.append(clock.today()))
    monkeypatch.setattr(retention, "clear", lambda: 0)
    monkeypatch.setattr(chores, "_night", None)
    for hours in (0, 1, 24):
        with clock.at(clock.start_of(date(2026, 11, 23)) + timedelta(hours=hours)):
            chores.nightly()
    assert asked == [date(2026, 11, 23), date(2026, 11, 24)]
