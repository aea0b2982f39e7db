"""Opening accounts and changing what people say about themselves."""

from django.db import IntegrityError, transaction

from apps.accounts.events import AccountOpened
from apps.accounts.models import User
from apps.core.actors import Actor
from apps.events.services import publish


@transaction.atomic
def open_account(*, email: str, language: str, full_name: str = "", actor: Actor) -> User:
    """The account of `email`, made when there is none. Idempotent: two requests at once make one."""
    address = User.objects.normalise(email)
    found = User.objects.filter(email=address).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, language=language, full_name=full_name)
    except IntegrityError:  # the other of two requests was first
        return User.objects.get(email=address)
    publish(AccountOpened(user_id=user.pk), actor=actor)
    return user


@transaction.atomic
def change_account(*, user: User, full_name: str, language: str, time_zone: str, actor: Actor) -> None:
    User.objects.filter(pk=user.pk).update(full_name=full_name, language=language, time_zone=time_zone)
