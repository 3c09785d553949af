"""Queries and kB of every page, against the budgets. Time is never a test's matter: see `make bench`."""

import pytest

from bench.run import rows
from stories.demonstrated import demonstration


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker) as loaded:
        yield loaded


@pytest.mark.demonstration
@pytest.mark.django_db(databases=["default", "keyring"])
def test_every_page_keeps_its_budget(told, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    found = list(rows(told, timed=False))
    assert {row.page.name: row.over for row in found if row.over} == {}
