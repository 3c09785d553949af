"""Django's sessions in the database, read by a question that is put together once: every page of whoever is
signed in begins with it."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from ..prepared import Prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        for found in _by_key(key=self.session_key or ""):
            if found.expire_date > timezone.now():
                return found
        self._session_key = None
        return None


@Prepared
def _by_key(*, key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
