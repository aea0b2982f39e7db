import factory

from apps.people.models import Person
from tests.factories.accounts import UserFactory


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    full_name = factory.LazyAttribute(lambda person: person.user.full_name if person.user else "")
