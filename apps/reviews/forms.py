"""What coordinators type about reviewing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.forms import AmountField, LineField, WholeNumberField
from apps.reviews.models import Criterion


def narrow() -> forms.NumberInput:
    """A box as wide as the number that goes into it."""
    return forms.NumberInput({"class": "govuk-input--width-5"})


class CriterionForm(forms.Form):
    title = LineField(label=_("Criterion"), most=120)
    question = LineField(label=_("Question for the reviewer"), most=400, required=False)
    weight = AmountField(label=_("Weight"), least="0.01", most=100, widget=narrow())
    highest = WholeNumberField(label=_("Highest point"), least=2, most=10, initial=5, widget=narrow())
    comment_required = forms.BooleanField(label=_("A comment is required"), required=False)
    low = LineField(label=_("What 1 point means"), most=300, required=False)
    middle = LineField(label=_("What the middle point means"), most=300, required=False)
    high = LineField(label=_("What the highest point means"), most=300, required=False)

    @staticmethod
    def initial_of(criterion: Criterion) -> dict[str, Any]:
        named = {
            name: criterion.anchors.get(str(point), {}).get(WRITTEN_IN, "")
            for name, point in _anchor_points(criterion.highest).items()
        }
        texts = {name: getattr(criterion, name).get(WRITTEN_IN, "") for name in ("title", "question")}
        kept = {name: getattr(criterion, name) for name in ("weight", "highest", "comment_required")}
        return {**texts, **kept, **named}

    def as_values(self, before: Criterion | None) -> dict[str, Any]:
        """`before` is the criterion that stood here: what this form does not ask for (other languages,
        other points) stays, as long as the words it belongs to do.
        """
        data = self.cleaned_data
        is_kept = before is not None and before.title.get(WRITTEN_IN) == data["title"]
        anchors = _anchors(data, before.anchors if before is not None and is_kept else {})
        return {
            "title": _changed(before.title if before else {}, data["title"]),
            "question": _changed(before.question if before else {}, data["question"]),
            "weight": data["weight"],
            "highest": data["highest"],
            "comment_required": data["comment_required"],
            "anchors": anchors,
        }


#: The language the rubric form is written in; others come with translations.
WRITTEN_IN = "en"


def _anchor_points(highest: int) -> dict[str, int]:
    """Which point each of the three texts describes; with two points there is no middle."""
    points = {"low": 1, "middle": (highest + 1) // 2, "high": highest}
    return points if highest > 2 else {"low": 1, "high": highest}


def _changed(before: dict[str, str], text: str) -> dict[str, str]:
    """The text in every language while it stays the same; a new text has no translation yet."""
    return before if before.get(WRITTEN_IN, "") == text else {WRITTEN_IN: text}


def _anchors(data: dict[str, Any], before: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    highest = data["highest"]
    anchors = {point: texts for point, texts in before.items() if int(point) < highest}
    for name, point in _anchor_points(highest).items():
        anchors[str(point)] = _changed(before.get(str(point), {}), data[name])
    return {point: texts for point, texts in anchors.items() if texts.get(WRITTEN_IN)}


class ReviewersForm(forms.Form):
    """A limit for each possible reviewer; nothing or 0 leaves them out."""

    hide_optional = True
    each = WholeNumberField(label=_("Readers for each application"), least=1, most=10, widget=narrow())

    def __init__(self, reviewers: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviewers = list(reviewers)
        for reviewer in self.reviewers:
            self.fields[f"most-{reviewer.pk}"] = WholeNumberField(
                label=_("{name}: at most").format(name=reviewer),
                least=0,
                most=5000,
                required=False,
                widget=narrow(),
            )

    def limits(self) -> dict[User, int]:
        return {
            reviewer: most
            for reviewer in self.reviewers
            if (most := self.cleaned_data.get(f"most-{reviewer.pk}"))
        }


class ReopenForm(forms.Form):
    reason = LineField(label=_("Why should the reviewer look again?"), most=300)
