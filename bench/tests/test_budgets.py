"""Queries and kB of every page, against the budgets. Time is never a test's matter: see `make bench`."""

import pytest

from bench.run import rows
from stories.demonstrated import demonstration


@pytest.mark.demonstration
@pytest.mark.django_db(databases=["default", "keyring"])
def test_every_page_keeps_its_budget(django_db_setup, django_db_blocker, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    with demonstration(django_db_blocker) as told:
        found = list(rows(told, timed=False))
        assert {row.page.name: row.over for row in found if row.over} == {}
