"""Where somebody lives: country, then its province or state, then the town or village in own words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField
from apps.places.selectors import country_choices, subdivision_choices

LEVELS = ("country", "subdivision", "settlement")


class PlaceWidget(forms.MultiWidget):
    """The provinces are offered once the country is known, so that nobody loads those of all others."""

    template_name = "django/forms/widgets/place.html"
    use_fieldset = True
    first_part = "country"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "country": forms.Select({"label": _("Country")}),
            "subdivision": forms.Select({"label": _("Province or state")}),
            "settlement": forms.TextInput({"label": _("Town, village or district")}),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, list):
            return value
        found = value if isinstance(value, Mapping) else {}
        return [found.get(level, "") for level in LEVELS]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        country = str((value if isinstance(value, list) else self.decompress(value))[0] or "")
        places, provinces = self.widgets[0], self.widgets[1]
        places.choices = [("", _("Choose a country")), *country_choices()]  # type: ignore[attr-defined]  # a choice field
        known = subdivision_choices(country) if country else []
        provinces.choices = [("", _("Choose a province or state")), *known]  # type: ignore[attr-defined]  # a choice field
        context = super().get_context(name, value, attrs)
        context["widget"]["has_provinces"] = bool(known)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [str(data.get(f"{name}_{level}") or "") for level in LEVELS]


class PlaceField(forms.Field):
    """Keeps {"country": "TH", "subdivision": "TH-50", "settlement": "Mae Rim"}, without empty parts."""

    widget = PlaceWidget
    default_error_messages = {
        "required": _("Choose a country."),
        "province": _("Choose a province or state, then save again."),
        "foreign": _("This province is in another country. Choose again."),
    }

    def clean(self, value: Any) -> dict[str, str]:
        country, province, town = [*(value or []), "", "", ""][:3]
        if not country:
            if self.required or province or town:
                raise ValidationError(self.error_messages["required"], code="required")
            return {}
        if country not in dict(country_choices()):
            raise ValidationError(self.error_messages["required"], code="required")
        self._check_province(country, province)
        settlement = LineField(required=False, most=200, room=600).clean(town)
        found = zip(LEVELS, (country, province, settlement), strict=True)
        return {level: each for level, each in found if each}

    def _check_province(self, country: str, province: str) -> None:
        known = dict(subdivision_choices(country))
        if province and province not in known:
            raise ValidationError(self.error_messages["foreign"], code="foreign")
        if known and not province and self.required:
            raise ValidationError(self.error_messages["province"], code="province")
