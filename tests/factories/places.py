import factory

from apps.places.models import Country, Subdivision


class CountryFactory(factory.django.DjangoModelFactory):
    """Thailand unless told otherwise; an existing country is reused."""

    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "TH"
    iso3 = factory.LazyAttribute(
        lambda country: {"TH": "THA", "ID": "IDN"}.get(country.code, country.code + "X")
    )
    name = factory.LazyAttribute(
        lambda country: {"TH": "Thailand", "ID": "Indonesia"}.get(country.code, country.code)
    )
    time_zone = "Asia/Bangkok"
    is_asean = True
    is_member = True


class SubdivisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subdivision
        django_get_or_create = ("code",)

    code = "TH-50"
    country = factory.SubFactory(CountryFactory)
    name = "Chiang Mai"
    kind = "province"
