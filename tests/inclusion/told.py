"""Three quarters as releases tell them: the whole, its kinds, countries and a program, with hidden figures."""

from datetime import date
from typing import Any

from apps.inclusion.models import Release
from tests.factories.inclusion import ReleaseFactory, split, tell_figures

TRIPLE = "gender+residence+disability"
QUARTERS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))


def groups(everyone: int, *, women: float, rural: float, disability: float | None) -> dict:
    """Everyone at one stage, nine of ten of whom answered."""
    answered = _five(everyone * 0.9)
    yes = None if disability is None else _five(answered * disability)
    no = None if yes is None else answered - yes
    silent = everyone - answered
    return {
        ("", ""): everyone,
        **split("gender", _five(answered * women), answered - _five(answered * women), silent),
        **split("residence", _five(answered * rural), answered - _five(answered * rural), silent),
        **split("disability", yes, no, silent),
    }


def _five(value: float) -> int:
    return 5 * round(value / 5)


def crossed(stated: int, together: int | None) -> dict:
    """Two identities, and all three."""
    pairs = {
        "gender+residence": {
            "woman+rural": 0.17,
            "woman+other": 0.28,
            "other+rural": 0.2,
            "other+other": 0.35,
        },
        "gender+disability": {"woman+yes": 0.06, "woman+no": 0.39, "other+yes": 0.05, "other+no": 0.5},
        "residence+disability": {"rural+yes": 0.05, "rural+no": 0.31, "other+yes": 0.06, "other+no": 0.58},
    }
    found: dict = {
        (name, group): _five(stated * share)
        for name, shares in pairs.items()
        for group, share in shares.items()
    }
    return {**found, (TRIPLE, "woman+rural+yes"): together, (TRIPLE, "stated"): stated}


def quality(everyone: int) -> dict:
    return {
        ("asked", "yes"): everyone,
        ("answered", "yes"): _five(everyone * 0.95),
        ("people", ""): everyone - 10,
        ("sensitivity", "ss1"): _five(everyone * 0.3),
        ("sensitivity", "ss2"): _five(everyone * 0.15),
        ("sensitivity", "ss3"): _five(everyone * 0.1),
        ("sensitivity", "ss4"): None,
        ("residence_conflict", "yes"): 15,
        ("residence_conflict", "no"): _five(everyone * 0.6),
        ("silence_gender", "not_said"): 25,
        ("silence_gender", "missing"): 35,
        ("silence_residence", "not_said"): 10,
        ("silence_residence", "missing"): 50,
        ("silence_disability", "not_said"): 30,
        ("silence_disability", "missing"): 20,
        ("silence_disability", "unknown"): 10,
    }


def whole(scale: int = 1) -> dict[str, dict]:
    """Rural women with disabilities apply, and few of them are offered a place."""
    together = {"applied": 60 * scale, "offered": 20 * scale, "enrolled": 15 * scale, "completed": None}
    sizes = {"applied": 1500, "offered": 800, "enrolled": 600, "completed": 400}
    return {
        stage: {
            **groups(sizes[stage] * scale, women=0.45, rural=0.36, disability=0.1),
            **crossed(_five(sizes[stage] * scale * 0.85), count),
            **quality(sizes[stage] * scale),
        }
        for stage, count in together.items()
    }


def part(everyone: int, **shares: Any) -> dict[str, dict]:
    sizes = {"applied": 4, "offered": 2, "enrolled": 1, "completed": 0.5}
    return {stage: groups(_five(everyone * size), **shares) for stage, size in sizes.items()}


COUNTRIES = {
    "KH": (90, 0.5, 0.6, 0.12),
    "LA": (60, 0.5, 0.62, None),
    "TH": (120, 0.52, 0.3, 0.08),
    "VN": (150, 0.4, 0.4, 0.1),
    "ID": (130, 0.42, 0.33, 0.09),
    "PH": (100, 0.56, 0.44, 0.16),
    "SG": (40, 0.6, 0.0, None),
    "US": (50, 0.48, 0.1, 0.1),
}
KINDS = {
    "scholarship": (150, 0.5, 0.3, 0.1),
    "course": (300, 0.42, 0.4, 0.08),
    "cohort": (150, 0.48, 0.35, None),
}


def three_quarters(programs: tuple[str, ...] = ()) -> list[Release]:
    """Oldest first; the last is the one to read."""
    return [quarter(number, programs) for number in (1, 2, 3)]


def quarter(number: int, programs: tuple[str, ...] = ()) -> Release:
    release = ReleaseFactory(number=number, as_of=QUARTERS[number - 1])
    tell_figures(release, whole(number))
    for scope, table in (("kind", KINDS), ("country", COUNTRIES)):
        for key, (size, women, rural, disability) in table.items():
            shares = {"women": women - 0.03 * (3 - number), "rural": rural, "disability": disability}
            tell_figures(release, part(size * number, **shares), scope=scope, scope_key=key)
    for key in programs:
        figures = part(100 * number, women=0.5, rural=0.4, disability=0.1)
        tell_figures(release, figures, scope="program", scope_key=key)
    return release
