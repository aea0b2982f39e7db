"""From stage to stage, one group below the other. Every group starts with a full bar of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.charts.canvas import Drawing, Format, Measure, Scale, View, signs_of, views
from apps.inclusion.charts.lanes import Lane, lane
from apps.inclusion.charts.rows import Columns, Entry, Row, lay

THICKNESS = 8


@dataclass(frozen=True, slots=True)
class Path:
    """A group on its way: one measure for each stage, whose words tell the step ("34 of 100")."""

    label: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Step:
    row: Row
    lane: Lane


@dataclass(frozen=True, slots=True)
class FunnelView(View):
    steps: tuple[Step, ...]
    columns: Columns


def funnel(key: str, title: str, desc: str, stages: Sequence[str], paths: Sequence[Path]) -> Drawing:
    measures = [(path, measure) for path in paths for measure in path.measures]
    entries = [
        Entry(stage, (measure.told,), heading="" if number else path.label)
        for path in paths
        for number, (stage, measure) in enumerate(zip(stages, path.measures, strict=True))
    ]

    def make(id: str, format: Format) -> FunnelView:
        where, rows, height = lay(format, entries, y=0, thickness=THICKNESS)
        steps = tuple(
            Step(row, _lane(path, measure, where, row.lanes[0]))
            for row, (path, measure) in zip(rows, measures, strict=True)
        )
        return FunnelView(id, format, height, steps, where)

    signs = signs_of(measure for _path, measure in measures)
    return Drawing(key, title, desc, "inclusion/charts/funnel.html", views(make, key), signs)


def _lane(path: Path, measure: Measure, where: Columns, middle: int) -> Lane:
    """Where the first stage is hidden or empty, a length would tell of it: the words stand alone."""
    whole = path.measures[0].value
    found = lane(
        measure, Scale(whole or 1, where.track_x, where.track_width), middle=middle, thickness=THICKNESS
    )
    return found if whole else Lane(found.y, THICKNESS, 1, None, found.is_hidden)
