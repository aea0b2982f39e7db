import factory

from apps.places.models import Settlement
from tests.factories.places import CountryFactory


class SettlementFactory(factory.django.DjangoModelFactory):
    """Mae Rim in Thailand, whose people nobody counted."""

    class Meta:
        model = Settlement
        django_get_or_create = ("geonames_id",)

    geonames_id = factory.Sequence(lambda n: 900_000_000 + n)
    country = factory.SubFactory(CountryFactory)
    name = "Mae Rim"
