"""A remembered question that locks is asked within a transaction alone."""

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from shangliang.base.people.models import Person
from shangliang.base.prepared import Prepared


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_what_is_locked_is_asked_in_a_transaction_alone():
    @Prepared
    def locked(*, username):
        return Person.objects.filter(username=username).select_for_update()

    one = Person.objects.create(username="a", name="某a")
    with transaction.atomic():
        assert locked(username="a") == [one]
    with pytest.raises(TransactionManagementError):
        locked(username="a")
