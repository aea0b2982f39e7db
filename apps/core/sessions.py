"""Django's sessions in the database, with the one statement of every request written once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from apps.core.prepared import Given, prepared


@prepared
def _living() -> QuerySet[Session]:
    return Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now"))


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _living.one(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(session_key=key).delete()  # in one statement
