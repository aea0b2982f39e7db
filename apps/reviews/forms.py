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
        choices=[("no", _("No, I can read this fairly")), ("yes", _("Yes, or I am not sure"))],
        widget=forms.RadioSelect,
    )
    explanation = LineField(
        label=_("What is the tie? (only the coordinators read this)"), most=500, required=False
    )


class CriterionForm(forms.Form):
    title = LineField(label=_("Criterion"), most=120)
    question = LineField(label=_("Question for the reviewer"), most=400, required=False)
    weight = AmountField(label=_("Weight"), least="0.01", most=100)
    highest = WholeNumberField(label=_("Highest point"), least=2, most=10, initial=5)
    comment_required = forms.BooleanField(label=_("A comment is required"), required=False)
    low = LineField(label=_("What 1 point means"), most=300, required=False)
    high = LineField(label=_("What the highest point means"), most=300, required=False)

    def as_values(self) -> dict[str, Any]:
        data = self.cleaned_data
        anchors = {"1": {"en": data["low"]}, str(data["highest"]): {"en": data["high"]}}
        return {
            "title": {"en": data["title"]},
            "question": {"en": data["question"]},
            "weight": data["weight"],
            "highest": data["highest"],
            "comment_required": data["comment_required"],
            "anchors": {point: text for point, text in anchors.items() if text["en"]},
        }


class ReviewersForm(forms.Form):
    """A limit for each possible reviewer; nothing or 0 leaves them out."""

    hide_optional = True
    each = WholeNumberField(label=_("Readers for each application"), least=1, most=10)

    def __init__(self, reviewers: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviewers = list(reviewers)
        for reviewer in self.reviewers:
            self.fields[f"most-{reviewer.pk}"] = WholeNumberField(
                label=_("{name}: at most").format(name=reviewer), least=0, most=5000, required=False
            )

    def limits(self) -> dict[User, int]:
        return {
            reviewer: most
            for reviewer in self.reviewers
            if (most := self.cleaned_data.get(f"most-{reviewer.pk}"))
        }


class ReopenForm(forms.Form):
    reason = LineField(label=_("Why should the reviewer look again?"), most=300)
