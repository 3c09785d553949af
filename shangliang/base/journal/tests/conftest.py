"""Tests of the journal alone: two kinds of acts, no ledgers, a hand that writes acts."""

import pytest
from django.db import transaction

from shangliang.base.journal import acts, record

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

    def write(n=1, name="lamp_reported", **more):
        with transaction.atomic():
            return [
                record.record(name, subject="lamp:a1", by="li", committee=PATH, facts={"turn": i}, **more)
                for i in range(n)
            ]

    return write
