"""Keys with which a program signs calls of the API for its owner."""

from datetime import datetime, timedelta

from django.db import transaction
from rest_framework.authtoken.models import Token

from apps.accounts.events import ApiTokenEnded, ApiTokenMade
from apps.accounts.models import IdempotencyKey, User
from apps.core.actors import Actor
from apps.events.services import publish

#: How long a repeated call still gets the first answer.
REMEMBERED = timedelta(days=1)


@transaction.atomic
def make_token(*, user: User, actor: Actor) -> str:
    """A new key in place of the old one, which stops working at once."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    Token.objects.filter(user=user).delete()
    token = Token.objects.create(user=user)
    publish(ApiTokenMade(user_id=user.pk), actor=actor)
    return str(token.key)


@transaction.atomic
def end_token(*, user: User, actor: Actor) -> None:
    """Idempotent for someone who has none."""
    removed, _rows = Token.objects.filter(user=user).delete()
    if removed:
        publish(ApiTokenEnded(user_id=user.pk), actor=actor)


@transaction.atomic
def forget_answers(*, now: datetime) -> int:
    """Drop what repeated calls could still be answered with after a day. Runs at any time, twice too."""
    removed, _rows = IdempotencyKey.objects.filter(created_at__lt=now - REMEMBERED).delete()
    return removed
