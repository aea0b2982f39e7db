"""What coordinators type about a rubric, about who reads, and about calibration."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.forms import (
    AmountField,
    LineField,
    LongTextField,
    OneOfField,
    SeveralOfField,
    WholeNumberField,
)
from apps.core.texts import say
from apps.reviews.models import Criterion, IntakeReviewer
from apps.reviews.selectors.answers import Raw

#: The language the rubric form is written in; others come with translations.
WRITTEN_IN = "en"
LEAST_POINT, USUAL_POINT, MOST_POINT = 2, 5, 10


def narrow() -> forms.NumberInput:
    """A box as wide as the number that goes into it."""
    return forms.NumberInput({"class": "govuk-input--width-5"})


class CriterionForm(forms.Form):
    """One criterion with a text for each point. A box too few or too many comes with the next save:
    there are as many as the highest point was when the page was made.
    """

    title = LineField(label=_("Criterion"), most=120)
    question = LineField(label=_("Question for the reviewer"), most=400, required=False)
    weight = AmountField(label=_("Weight"), least="0.01", most=100, widget=narrow())
    highest = WholeNumberField(
        label=_("Highest point"), least=LEAST_POINT, most=MOST_POINT, initial=USUAL_POINT, widget=narrow()
    )
    is_independent = forms.BooleanField(
        label=_("Independent: shown beside the score, never counted in it"), required=False
    )
    comment_required = forms.BooleanField(label=_("A comment is required"), required=False)
    comment_below = WholeNumberField(
        label=_("A comment is required up to this point"),
        help_text=_("0 or nothing asks for none."),
        least=0,
        most=MOST_POINT,
        required=False,
        widget=narrow(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in range(1, self._points() + 1):
            self.fields[f"anchor_{point}"] = LineField(
                label=_("What {point} means").format(point=point), most=300, required=False
            )

    def _points(self) -> int:
        typed = str(self.data.get(self.add_prefix("highest"), "")) if self.is_bound else ""
        given = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
        return max(min(given, MOST_POINT), self.initial.get("highest", USUAL_POINT))

    @staticmethod
    def initial_of(criterion: Criterion) -> dict[str, Any]:
        kept = ("weight", "highest", "comment_required", "comment_below", "is_independent")
        return {
            **{name: getattr(criterion, name).get(WRITTEN_IN, "") for name in ("title", "question")},
            **{name: getattr(criterion, name) for name in kept},
            **{f"anchor_{point}": texts.get(WRITTEN_IN, "") for point, texts in criterion.anchors.items()},
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("comment_below") or 0) > (data.get("highest") or MOST_POINT):
            self.add_error("comment_below", _("This is above the highest point."))
        return data

    def as_values(self, before: Criterion | None) -> dict[str, Any]:
        """`before` is the criterion that stood here: other languages stay as long as the words do."""
        data = self.cleaned_data
        is_kept = before is not None and before.title.get(WRITTEN_IN) == data["title"]
        return {
            "title": _changed(before.title if before else {}, data["title"]),
            "question": _changed(before.question if before else {}, data["question"]),
            "anchors": self._anchors(before.anchors if before is not None and is_kept else {}),
            "comment_below": data["comment_below"] or 0,
            **{name: data[name] for name in ("weight", "highest", "comment_required", "is_independent")},
        }

    def _anchors(self, before: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        texts = {
            str(point): _changed(before.get(str(point), {}), self.cleaned_data.get(f"anchor_{point}", ""))
            for point in range(1, self.cleaned_data["highest"] + 1)
        }
        return {point: said for point, said in texts.items() if said.get(WRITTEN_IN)}


def _changed(before: dict[str, str], text: str) -> dict[str, str]:
    """The text in every language while it stays the same; a new text has no translation yet."""
    return before if before.get(WRITTEN_IN, "") == text else {WRITTEN_IN: text}


class TopicForm(forms.Form):
    """Which question of the application form says what an application is about."""

    hide_optional = True
    topic_question = forms.ChoiceField(
        label=_("Question that names the topic"),
        help_text=_("Readers who know the topic an applicant chose are preferred."),
        required=False,
    )

    def __init__(self, questions: Sequence[Raw], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        named = [
            (each["key"], say(each.get("label") or {}, language)[:80] or each["key"]) for each in questions
        ]
        kept = self.initial.get("topic_question")
        if kept and kept not in dict(named):
            named.append((kept, _("{key} (no longer in the form)").format(key=kept)))
        field = self.fields["topic_question"]
        field.choices = [("", _("None")), *named]  # type: ignore[attr-defined]


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


class ReadsForm(forms.Form):
    """What one reviewer can read."""

    hide_optional = True
    languages = SeveralOfField(
        label=_("Languages they read"),
        help_text=_("Tick none for every language."),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    topics = SeveralOfField(label=_("Topics they know"), widget=forms.CheckboxSelectMultiple, required=False)
    panel = LineField(
        label=_("Panel"),
        help_text=_("Where they come from, for example university or industry. Panels are mixed."),
        most=40,
        required=False,
    )

    def __init__(self, row: IntakeReviewer, question: Raw | None, data: Any = None) -> None:
        """A topic that the form's question no longer has stays until somebody unticks it."""
        initial = {"languages": row.languages, "topics": row.topics, "panel": row.panel}
        super().__init__(data, initial=initial)
        language = get_language() or "en"
        options = (question or {}).get("options") or []
        named = {each["value"]: say(each.get("label") or {}, language) or each["value"] for each in options}
        choices = {**{topic: topic for topic in row.topics}, **named}
        if choices:
            self.fields["topics"].choices = list(choices.items())  # type: ignore[attr-defined]
        else:
            del self.fields["topics"]


class ReaderForm(forms.Form):
    """One more reader, by hand."""

    reviewer = OneOfField(label=_("Reviewer"))
    reason = LineField(label=_("Why this reader?"), most=300)

    def __init__(self, reviewers: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reviewers = {str(user.public_id): user for user in reviewers}
        named = [(key, str(user)) for key, user in self.reviewers.items()]
        self.fields["reviewer"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]

    def clean_reviewer(self) -> User:
        return self.reviewers[self.cleaned_data["reviewer"]]


class RemoveReaderForm(forms.Form):
    reason = LineField(label=_("Why should they not read this one?"), most=300)


#: Numbers people paste: one on each line, or with commas between them.
BETWEEN = re.compile(r"[\s,;]+")


class PapersForm(forms.Form):
    references = LongTextField(
        label=_("Application numbers"),
        help_text=_("Of this intake; one on each line."),
        most=400,
        rows=4,
    )

    def clean_references(self) -> list[str]:
        return [each.upper() for each in BETWEEN.split(self.cleaned_data["references"]) if each]


class AgreedForm(forms.Form):
    """The points people settled on; a criterion left open is compared with the panel's median."""

    hide_optional = True

    def __init__(self, criteria: Iterable[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.numbers = []
        for criterion in criteria:
            self.numbers.append(criterion.number)
            self.fields[f"points-{criterion.number}"] = WholeNumberField(
                label=_("{title}: points from 1 to {highest}").format(
                    title=say(criterion.title, language), highest=criterion.highest
                ),
                least=1,
                most=criterion.highest,
                required=False,
                widget=narrow(),
            )

    def points(self) -> dict[int, int]:
        given = {number: self.cleaned_data.get(f"points-{number}") for number in self.numbers}
        return {number: value for number, value in given.items() if value}
