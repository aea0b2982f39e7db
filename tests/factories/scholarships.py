from decimal import Decimal

import factory

from apps.programs.enums import ProgramKind
from apps.scholarships.models import ScholarshipTerms
from tests.factories.programs import ProgramFactory


class ScholarshipTermsFactory(factory.django.DjangoModelFactory):
    """1,000 US dollars in three payments, three months apart."""

    class Meta:
        model = ScholarshipTerms

    program = factory.SubFactory(ProgramFactory, kind=ProgramKind.SCHOLARSHIP)
    amount = Decimal("1000.00")
    currency = "USD"
    instalments = 3
    months_between = 3
