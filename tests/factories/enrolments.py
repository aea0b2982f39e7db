import factory

from apps.enrolments.models import Enrolment
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    person = factory.SubFactory(PersonFactory)
    intake = factory.SubFactory(IntakeFactory)
