"""What reviewers type, and what staff type before them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField, LongTextField
from apps.core.texts import say
from apps.reviews.models import Criterion, Redaction, Review, Score
from apps.reviews.rules.redaction import bare
from apps.reviews.selectors import Written

LONGEST_MARK = Redaction._meta.get_field("words").max_length or 300


def seen_version(value: Any) -> int:
    """The version a page was made with; nonsense counts as none."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@dataclass(frozen=True, slots=True)
class Block:
    """One criterion on the page. `other` is what another window saved, where it is not what stands here."""

    criterion: Criterion
    points: forms.BoundField
    comment: forms.BoundField
    version: int
    other: Score | None = None

    @property
    def name(self) -> str:
        return f"version-{self.criterion.pk}"


class ReviewForm(forms.Form):
    """Points and a comment for each criterion. A draft may leave anything open."""

    hide_optional = True

    def __init__(self, criteria: Iterable[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        self.total = sum(each.weight for each in self.criteria if not each.is_independent)
        for criterion in self.criteria:
            self.fields[f"criterion-{criterion.pk}"] = self._points(criterion)
            self.fields[f"comment-{criterion.pk}"] = LongTextField(
                label=self._why(criterion),
                help_text=self._when_needed(criterion),
                required=False,
                most=2000,
                rows=3,
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
        return forms.ChoiceField(
            label=self._title(criterion, language),
            help_text=say(criterion.question, language),
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
        )

    def _title(self, criterion: Criterion, language: str) -> str:
        title = say(criterion.title, language)
        if criterion.is_independent:
            return str(_("{title} (not counted)").format(title=title))
        share = round(100 * criterion.weight / self.total)
        return str(_("{title} ({share}% of the score)").format(title=title, share=share))

    def _why(self, criterion: Criterion) -> str:
        title = say(criterion.title, get_language() or "en")
        return str(_("Why these points for “{title}”?").format(title=title))

    def _when_needed(self, criterion: Criterion) -> str:
        if criterion.comment_required or criterion.comment_below >= criterion.highest:
            return str(_("Needed to submit."))
        if criterion.comment_below:
            return str(_("Needed for {points} or less.").format(points=criterion.comment_below))
        return ""

    def points(self) -> dict[int, int]:
        given = {each.pk: self.cleaned_data.get(f"criterion-{each.pk}") for each in self.criteria}
        return {pk: int(value) for pk, value in given.items() if value}

    def comments(self) -> dict[int, str]:
        return {each.pk: self.cleaned_data.get(f"comment-{each.pk}", "") for each in self.criteria}

    def seen_versions(self) -> dict[int, int]:
        return {each.pk: seen_version(self.data.get(f"version-{each.pk}")) for each in self.criteria}

    @staticmethod
    def initial_of(review: Review | None, scores: Mapping[int, Score]) -> dict[str, Any]:
        initial: dict[str, Any] = {"comment": review.comment if review is not None else ""}
        for pk, score in scores.items():
            initial[f"criterion-{pk}"] = str(score.points or "")
            initial[f"comment-{pk}"] = score.comment
        return initial

    def blocks(self, versions: Mapping[int, int], others: Mapping[int, Score]) -> list[Block]:
        """In rubric order, what does not count at the end."""
        ordered = sorted(self.criteria, key=lambda each: each.is_independent)
        return [
            Block(
                criterion=each,
                points=self[f"criterion-{each.pk}"],
                comment=self[f"comment-{each.pk}"],
                version=versions.get(each.pk, 0),
                other=others.get(each.pk),
            )
            for each in ordered
        ]


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


class MarksField(forms.CharField):
    """Words to hide, one or several on a line."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(required=False, max_length=6000, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        lines = [found for line in text.splitlines() if (found := bare(line))]
        if any(len(line) > LONGEST_MARK for line in lines):
            raise ValidationError(_("A line has at most {most} characters.").format(most=LONGEST_MARK))
        return lines


class PrepareForm(forms.Form):
    """Marks and one translation for each free-text answer."""

    hide_optional = True

    def __init__(self, answers: Iterable[Written], language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = list(answers)
        name = dict(settings.LANGUAGES).get(language, language)
        for answer in self.answers:
            self.fields[f"words-{answer.key}"] = MarksField(
                label=_("Words to hide"), help_text=_("One on each line, as they stand in the answer.")
            )
            self.fields[f"translation-{answer.key}"] = LongTextField(
                label=_("Translation into {language}").format(language=name),
                required=False,
                most=20_000,
                rows=4,
            )
            self.fields[f"machine-{answer.key}"] = forms.BooleanField(
                label=_("Made by a machine"), required=False
            )

    @staticmethod
    def initial_of(answers: Iterable[Written]) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for answer in answers:
            initial[f"words-{answer.key}"] = "\n".join(answer.words)
            if answer.translation is not None:
                initial[f"translation-{answer.key}"] = answer.translation.text
                initial[f"machine-{answer.key}"] = answer.translation.is_machine
        return initial

    def marks(self) -> dict[str, list[str]]:
        return {each.key: self.cleaned_data[f"words-{each.key}"] for each in self.answers}

    def translations(self) -> dict[str, tuple[str, bool]]:
        data = self.cleaned_data
        return {
            each.key: (data[f"translation-{each.key}"], data[f"machine-{each.key}"]) for each in self.answers
        }

    def lines(self) -> list[tuple[Written, list[forms.BoundField]]]:
        names = ("words", "translation", "machine")
        return [(each, [self[f"{name}-{each.key}"] for name in names]) for each in self.answers]


class TranslationLanguageForm(forms.Form):
    """Which language the page translates into."""

    hide_optional = True
    language = forms.ChoiceField(label=_("Translate into"), choices=settings.LANGUAGES, required=False)

    def wanted(self) -> str:
        """English unless a language of the site is asked for."""
        return self.cleaned_data["language"] or "en" if self.is_valid() else "en"
