"""Django's sessions in the database, read by a query that is compiled once: each page reads one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from groundplan.database.prepared import Parameter, prepared


class SessionStore(db.SessionStore):
    """What Django makes for the request's cookie, found where SESSION_ENGINE names this module."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_alive().ask(key=self.session_key, now=timezone.now())), None)
        if found is None:
            # As in Django: a key that nothing has is never taken over by a new session.
            self._session_key = None
        return found


@prepared
def _alive() -> QuerySet[Session]:
    key, now = Parameter("key", CharField()), Parameter("now", DateTimeField())
    return Session.objects.filter(session_key=key, expire_date__gt=now)
