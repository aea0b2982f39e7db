"""What reviewers type, and the reason a coordinator gives for another look."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField, LongTextField
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


class ReopenForm(forms.Form):
    reason = LineField(label=_("Why should the reviewer look again?"), most=300)
