"""Options of a list that are offered only while their own condition holds: the towns of a province."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from apps.applications.rules.conditions import holds
from apps.applications.rules.definition import Option


class Conditional:
    """Mixed into a choice widget. `when` is the condition of each option as JSON, for the script."""

    when: Mapping[str, str] = {}
    unfit: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]  # a choice widget's
        option["when"] = self.when.get(str(value), "")
        option["unfit"] = str(value) in self.unfit
        return option


class Radios(Conditional, forms.RadioSelect):
    pass


class Boxes(Conditional, forms.CheckboxSelectMultiple):
    pass


class Choice(Conditional, forms.Select):
    pass


def offer(widget: forms.Widget, options: Sequence[Option], counting: Mapping[str, Any]) -> None:
    """Tell a widget which options fit what was answered so far.

    An option stays in sight while what it depends on is not answered, so that without the script a
    list is never empty; what does not fit is refused when it is saved.
    """
    if not isinstance(widget, Conditional):
        return
    conditional = [option for option in options if option.when is not None]
    widget.when = {option.value: json.dumps(option.when.plain()) for option in conditional if option.when}
    widget.unfit = frozenset(
        option.value
        for option in conditional
        if option.when
        and not holds(option.when, counting)
        and all(question in counting for question in option.when.questions())
    )
