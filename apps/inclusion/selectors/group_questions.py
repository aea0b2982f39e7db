"""What a funder asks first: does this group take part, how sure is that, and where does it drop out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.inclusion.enums import Stage
from apps.inclusion.rules.groups import DISABILITY, FOCUS, GENDER, IDENTITIES, RESIDENCE
from apps.inclusion.rules.paths import Step, is_told, largest_loss, steps_of
from apps.inclusion.rules.shares import LEAST_DENOMINATOR, Share, nearest
from apps.inclusion.selectors.sheets import Sheet
from apps.programs.enums import InclusionGroup

TOGETHER = "together"
#: Each group somebody may ask about, by the dimensions whose groups it is in.
GROUPS: dict[str, tuple[str, ...]] = {
    TOGETHER: IDENTITIES,
    InclusionGroup.WOMEN.value: (GENDER,),
    InclusionGroup.RURAL.value: (RESIDENCE,),
    InclusionGroup.DISABILITY.value: (DISABILITY,),
}
SINGLE = tuple(key for key, dimensions in GROUPS.items() if len(dimensions) == 1)
PAIRS: dict[str, tuple[str, str]] = {
    "rural_women": (GENDER, RESIDENCE),
    "women_disability": (GENDER, DISABILITY),
    "rural_disability": (RESIDENCE, DISABILITY),
}
NAMES: dict[str, str | Promise] = {
    TOGETHER: _("Rural women with disabilities"),
    **dict(InclusionGroup.choices),
    "rural_women": _("Rural women"),
    "women_disability": _("Women with disabilities"),
    "rural_disability": _("Rural people with disabilities"),
}


class State(StrEnum):
    """Whether a share can be told, and why not."""

    TOLD = "told"
    HIDDEN = "hidden"
    TOO_FEW = "too_few"
    TOO_SILENT = "too_silent"
    ELSEWHERE = "elsewhere"  # this release tells it of other scopes only
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Loss:
    """The step at which a group falls behind everyone most; rates in percent."""

    start: str
    stage: str
    percent: int
    everyone: int
    may_be_chance: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A group among those who take part. `target` in percent."""

    key: str
    label: str
    state: State
    share: Share | None
    target: float | None
    is_kept: bool
    steps: tuple[Step, ...]

    @property
    def percent(self) -> int | None:
        return self.share.percent if self.share and self.state == State.TOLD else None

    @property
    def interval(self) -> tuple[int, int] | None:
        return self.share.interval_percent if self.share and self.state == State.TOLD else None

    @property
    def response_percent(self) -> int | None:
        return self.share.response_percent if self.share else None

    @property
    def missed_by(self) -> int | None:
        """Whole points below the target, as the two rounded percentages differ; 0 when it is reached."""
        if self.percent is None or self.target is None:
            return None
        return max(nearest(self.target) - self.percent, 0)

    @property
    def loss(self) -> Loss | None:
        step = largest_loss(self.steps)
        if step is None or step.percent is None or step.everyone is None:
            return None
        names = str(Stage(step.start).label), str(Stage(step.stage).label)
        return Loss(*names, step.percent, nearest(100 * step.everyone), step.may_be_chance)

    @property
    def has_path(self) -> bool:
        return is_told(self.steps)


def count_of(sheet: Sheet, stage: str, dimensions: tuple[str, ...]) -> int | None:
    """The people in all the groups one looks for."""
    return sheet.count(stage, "+".join(dimensions), "+".join(FOCUS[each] for each in dimensions))


def share_of(sheet: Sheet, dimensions: tuple[str, ...], stage: str = Stage.ENROLLED) -> Share | None:
    return sheet.share(stage, *dimensions) if len(dimensions) == 1 else sheet.crossed(stage, *dimensions)


def state_of(sheet: Sheet, dimensions: tuple[str, ...], share: Share | None) -> State:
    place = (Stage.ENROLLED.value, "+".join(dimensions), "+".join(FOCUS[each] for each in dimensions))
    if place not in sheet.figures:
        return State.ELSEWHERE
    if share is None:
        return State.HIDDEN
    if share.is_shown:
        return State.TOLD
    if share.everyone == 0:
        return State.NOBODY
    return State.TOO_FEW if share.answered < LEAST_DENOMINATOR else State.TOO_SILENT


def questions(sheet: Sheet, targets: Mapping[str, float]) -> list[Question]:
    """The crossed three identities first: they are whom the platform is for."""
    return [question(sheet, key, GROUPS[key], targets.get(key)) for key in GROUPS]


def question(sheet: Sheet, key: str, dimensions: tuple[str, ...], target: float | None = None) -> Question:
    stages = Stage.values
    share = share_of(sheet, dimensions)
    name, focus = "+".join(dimensions), "+".join(FOCUS[each] for each in dimensions)
    return Question(
        key=key,
        label=str(NAMES[key]),
        state=state_of(sheet, dimensions, share),
        share=share,
        target=target,
        is_kept=sheet.is_kept(Stage.ENROLLED, name, focus),
        steps=steps_of(
            stages,
            [count_of(sheet, stage, dimensions) for stage in stages],
            [sheet.count(stage) for stage in stages],
        ),
    )
