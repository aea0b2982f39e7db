"""Reading accounts."""

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from rest_framework.authtoken.models import Token

from apps.accounts.models import User


def search_people(text: str) -> QuerySet[User]:
    people = User.objects.prefetch_related("memberships__organisation")
    return people.filter(Q(email__icontains=text) | Q(full_name__icontains=text)) if text else people


def has_second_step(user: User) -> bool:
    """Whether signing in asks for more than a password. Recovery codes alone are not a second step."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()


def has_api_token(user: User) -> bool:
    return Token.objects.filter(user_id=user.pk).exists()
