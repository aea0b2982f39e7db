import factory

from apps.accounts.enums import OrganisationKind, Role
from apps.accounts.models import Membership, Organisation, User


class UserFactory(factory.django.DjangoModelFactory):
    """Someone with an account and no role. No password: sign in with `client.force_login`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@mail{n}.example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.RUNS_PROGRAMS


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.COORDINATOR
