"""What reviewers and coordinators type about reviews."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.forms import AmountField, LineField, LongTextField, WholeNumberField
from apps.core.texts import say
from apps.reviews.models import Criterion


def narrow() -> forms.NumberInput:
    """A box as wide as the number that goes into it."""
    return forms.NumberInput({"class": "govuk-input--width-5"})


class ReviewForm(forms.Form):
    """Points and a comment for each criterion. A draft may leave anything open."""

    hide_optional = True

    def __init__(self, criteria: Iterable[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        self.total = sum(each.weight for each in self.criteria)
        for criterion in self.criteria:
            self.fields[f"criterion-{criterion.pk}"] = self._points(criterion)
            self.fields[f"comment-{criterion.pk}"] = LongTextField(
                label=self._why(criterion), required=False, most=2000, rows=3
            )
        self.fields["comment"] = LongTextField(
            label=_("Anything else the coordinators should know"), required=False, most=3000, rows=3
        )

    def _points(self, criterion: Criterion) -> forms.Field:
        language = get_language() or "en"
        choices = []
        for point in range(1, criterion.highest + 1):
            anchor = say(criterion.anchors.get(str(point), {}), language)
            choices.append((str(point), f"{point} – {anchor}" if anchor else str(point)))
        label = _("{title} ({share}% of the score)").format(
            title=say(criterion.title, language), share=round(100 * criterion.weight / self.total)
        )
        return forms.ChoiceField(
            label=label,
            help_text=say(criterion.question, language),
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
        )

    def _why(self, criterion: Criterion) -> str:
        title = say(criterion.title, get_language() or "en")
        if criterion.comment_required:
            return _("Why these points for “{title}”? (needed to submit)").format(title=title)
        return _("Why these points for “{title}”?").format(title=title)

    def points(self) -> dict[int, int]:
        given = {each.pk: self.cleaned_data.get(f"criterion-{each.pk}") for each in self.criteria}
        return {pk: int(value) for pk, value in given.items() if value}

    def comments(self) -> dict[int, str]:
        return {each.pk: self.cleaned_data.get(f"comment-{each.pk}", "") for each in self.criteria}


class ConflictForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Do you know this applicant, or could you gain from the decision?"),
        help_text=_("For example family, friends, your students, colleagues or business partners."),
        choices=[
            ("no", _("No, I can read this fairly")),
            ("yes", _("Yes, or I am not sure")),
            ("cannot", _("No, but I cannot read this one, for example because I have no time")),
        ],
        widget=forms.RadioSelect,
    )
    explanation = LineField(
        label=_("What is the tie? (only the coordinators read this)"), most=500, required=False
    )


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
