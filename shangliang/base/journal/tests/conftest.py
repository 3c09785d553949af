"""Tests of the journal alone: two kinds of acts, no ledgers, a hand that writes acts."""

import shutil
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import override_settings

from shangliang.base.journal import acts, guards, record
from shangliang.base.journal.checkpoints import checkpoint
from shangliang.base.journal.seal import seal
from stories.laid import Written

PATH = "990000/990100/990101/"


@pytest.fixture(autouse=True)
def alone(settings, monkeypatch):
    settings.LEDGERS = []
    monkeypatch.setattr(acts, "_gather", lambda: None)
    for name in ("lamp_reported", "lamp_mended"):
        monkeypatch.setitem(acts._kinds, name, acts.ActKind(name, name))


@pytest.fixture
def write(db):
    """Write n acts, one after the other."""
    return _write


def _write(n=1, name="lamp_reported", **more):
    with transaction.atomic():
        return [
            record.record(name, subject="lamp:a1", by="li", committee=PATH, facts={"turn": i}, **more)
            for i in range(n)
        ]


@pytest.fixture(scope="module")
def long_ago(django_db_setup, django_db_blocker, tmp_path_factory):
    """A journal of 603 sealed acts, built once for a module: checkpoints of 1, 200, 256, 500 and 600 in the
    file that this gives; the first act began the thread SL-MINE."""
    file = tmp_path_factory.mktemp("told") / "checkpoints.jsonl"
    with django_db_blocker.unblock(), override_settings(CHECKPOINTS=file), _taken_back():
        for n in (1, 199, 56, 244, 100):
            _write(n, thread="SL-MINE")
            seal()
            checkpoint()
        _write(3)
        seal()
        yield file


@pytest.fixture(scope="module")
def six_hundred(django_db_setup, django_db_blocker):
    """The rows of 600 sealed acts and two more in the queue."""
    rows = Written()
    with django_db_blocker.unblock(), _taken_back(), rows.kept():
        _write(600)
        while seal():
            pass
        _write(2)
    return rows


@contextmanager
def _taken_back():
    """For what is written before a test begins."""
    with (
        transaction.atomic(),
        override_settings(LEDGERS=[]),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(acts, "_gather", lambda: None)
        patch.setitem(acts._kinds, "lamp_reported", acts.ActKind("lamp_reported", "lamp_reported"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def published(long_ago, db, settings, tmp_path):
    """That journal, with a copy of its file of checkpoints for each test."""
    for file in long_ago.parent.iterdir():
        shutil.copy(file, tmp_path)
    settings.CHECKPOINTS = tmp_path / long_ago.name


@pytest.fixture
def unguarded(published):
    """The same, in the hands of somebody who owns the database and has dropped its triggers."""
    drop_guards()


def drop_guards():
    with connection.cursor() as cursor:
        for name in guards.standing(connection):
            table = name.rsplit("_no_", 1)[0]
            cursor.execute(
                f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
            )
