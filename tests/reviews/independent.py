"""The statistics of reviewing once more, by other ways than the rules go: numpy, brute force, dense matrices."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np

from apps.reviews.rules.two_way import Reading


def alpha_by_pairs(units: Sequence[Sequence[float | None]], level: str) -> float | None:
    """Krippendorff's matrix of coincidences, filled pair by pair, and his table of differences."""
    given = [[mark for mark in unit if mark is not None] for unit in units]
    given = [unit for unit in given if len(unit) > 1]
    values = sorted({mark for unit in given for mark in unit})
    if len(values) < 2:
        return None
    at = {value: place for place, value in enumerate(values)}
    seen = np.zeros((len(values), len(values)))
    for unit in given:
        for one, other in permutations(range(len(unit)), 2):
            seen[at[unit[one]], at[unit[other]]] += 1 / (len(unit) - 1)
    counts = seen.sum(axis=1)
    apart = np.zeros_like(seen)
    for low in range(len(values)):
        for high in range(low + 1, len(values)):
            between = counts[low : high + 1].sum() - (counts[low] + counts[high]) / 2
            difference = {"nominal": 1, "ordinal": between, "interval": values[high] - values[low]}[level]
            apart[low, high] = apart[high, low] = difference**2
    expected = np.outer(counts, counts) / (counts.sum() - 1)
    return float(1 - (seen * apart).sum() / (expected * apart).sum())


def icc_by_anova(table: Sequence[Sequence[float]]) -> dict[str, float]:
    """Residuals of the three models, written out."""
    x = np.array(table, dtype=float)
    n, k = x.shape
    rows, columns, grand = x.mean(axis=1, keepdims=True), x.mean(axis=0, keepdims=True), x.mean()
    bms = (np.repeat(rows - grand, k, axis=1) ** 2).sum() / (n - 1)
    wms = ((x - rows) ** 2).sum() / (n * (k - 1))
    jms = (np.repeat(columns - grand, n, axis=0) ** 2).sum() / (k - 1)
    ems = ((x - rows - columns + grand) ** 2).sum() / ((n - 1) * (k - 1))
    forms = {
        "one_single": (bms - wms, bms + (k - 1) * wms),
        "two_single": (bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
        "three_single": (bms - ems, bms + (k - 1) * ems),
        "one_mean": (bms - wms, bms),
        "two_mean": (bms - ems, bms + (jms - ems) / n),
        "three_mean": (bms - ems, bms),
    }
    return {form: float(above / below) for form, (above, below) in forms.items() if abs(below) > 1e-9}


def icc_one_way_by_variances(units: Sequence[Sequence[float]]) -> dict[str, float]:
    """Through the two components of variance, and Spearman-Brown for the mean of k0, where there are any."""
    sizes = np.array([len(unit) for unit in units])
    if len(units) < 2 or sizes.max() < 2 or len({mark for unit in units for mark in unit}) == 1:
        return {}
    means = np.array([np.mean(unit) for unit in units])
    grand = np.average(means, weights=sizes)
    between = (sizes * (means - grand) ** 2).sum() / (len(units) - 1)
    residuals = np.concatenate([np.asarray(unit, dtype=float) - np.mean(unit) for unit in units])
    within = (residuals**2).sum() / (sizes.sum() - len(units))
    k0 = (sizes.sum() - (sizes**2).sum() / sizes.sum()) / (len(units) - 1)
    component = (between - within) / k0
    single = component / (component + within)
    found = {"single": single, "readers": k0}
    if abs(1 + (k0 - 1) * single) > 1e-9:
        found["mean"] = k0 * single / (1 + (k0 - 1) * single)
    return found


def differences_by_lstsq(readings: Sequence[Reading]) -> dict[int, float]:
    """One dummy for each application and each reviewer, the shortest solution, each group put to mean 0."""
    alone = {a for a in {r.application for r in readings} if sum(r.application == a for r in readings) == 1}
    shared = [reading for reading in readings if reading.application not in alone]
    applications = sorted({reading.application for reading in shared})
    reviewers = sorted({reading.reviewer for reading in shared})
    design = np.zeros((len(shared), len(applications) + len(reviewers)))
    for row, reading in enumerate(shared):
        design[row, applications.index(reading.application)] = 1
        design[row, len(applications) + reviewers.index(reading.reviewer)] = 1
    scores = np.array([float(reading.score) for reading in shared])
    solved = np.linalg.lstsq(design, scores, rcond=None)[0][len(applications) :]
    loads = design[:, len(applications) :].sum(axis=0)
    for group in _reached(design[:, : len(applications)], design[:, len(applications) :]):
        solved[group] -= np.average(solved[group], weights=loads[group])
    return {reviewer: float(value) for reviewer, value in zip(reviewers, solved, strict=True)}


def difference_from_all(readings: Sequence[Reading], reviewer: int) -> float:
    own = [float(reading.score) for reading in readings if reading.reviewer == reviewer]
    return float(np.mean(own) - np.mean([float(reading.score) for reading in readings]))


def _reached(applications: np.ndarray, reviewers: np.ndarray) -> list[np.ndarray]:
    """Groups of linked reviewers: the closure of "has read the same" by squaring."""
    met = (reviewers.T @ applications) @ (applications.T @ reviewers) > 0
    while True:
        further = (met.astype(float) @ met.astype(float)) > 0
        if (further == met).all():
            return [np.array(mask) for mask in sorted({tuple(row) for row in met})]
        met = further


def adjusted_by_definition(
    readings: Sequence[Reading], differences: Mapping[int, float], *, z_from: int = 15, cap: float = 12.5
) -> dict[int, float]:
    """Every reading put back as mean + z * spread where there are enough of them, else moved; then averaged."""
    own = {
        r.reviewer: np.array([float(o.score) for o in readings if o.reviewer == r.reviewer]) for r in readings
    }
    many = [scores for scores in own.values() if len(scores) > 1]
    usual = np.sqrt(
        sum(((s - s.mean()) ** 2).sum() for s in many) / max(1, sum(len(s) - 1 for s in many)),
    )
    moved: dict[int, list[float]] = {}
    for reading in readings:
        raw, scores = float(reading.score), own[reading.reviewer]
        target = raw - differences.get(reading.reviewer, 0.0)
        if len(scores) >= z_from and scores.std(ddof=1) > 0:
            middle = scores.mean() - differences.get(
                reading.reviewer, difference_from_all(readings, reading.reviewer)
            )
            target = middle + (raw - scores.mean()) * np.clip(usual / scores.std(ddof=1), 0.5, 2)
        moved.setdefault(reading.application, []).append(raw + np.clip(target - raw, -cap, cap))
    return {application: float(np.clip(np.mean(each), 0, 100)) for application, each in moved.items()}
