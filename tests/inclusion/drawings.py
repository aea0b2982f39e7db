"""One of each drawing, with hidden figures whose words must never be seen."""

from apps.inclusion.charts import (
    Bar,
    Bin,
    Drawing,
    Index,
    Measure,
    Panel,
    Path,
    Point,
    State,
    bar_group,
    funnel,
    line_plan,
    outline_map,
    parity,
    small_multiples,
    spark,
    tile_map,
)

SECRET = "7391"
HIDDEN = Measure(None, SECRET, (7.391, 73.91))
QUARTERS = [f"Q{quarter} {year}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)]
BINS = (Bin(0, "under 25 %"), Bin(25, "25 to 49 %"), Bin(50, "50 % and more"))
STATES = (
    State("ID", "Indonesia", Measure(33, "33 %")),
    State("SG", "Singapore", HIDDEN),
    State("TL", "Timor-Leste", Measure(55, "55 %")),
)


def bars(key: str = "bars") -> Drawing:
    groups = [
        Bar("Women", (Measure(46, "46 %", (41, 51)), Measure(52, "52 %")), 50, "target 50 %"),
        Bar("People with disabilities", (HIDDEN, Measure(6, "6 %")), 10, "target 10 %"),
    ]
    return bar_group(
        key,
        "Shares",
        "Women are below their target.",
        groups,
        most=100,
        series=("Participants", "Applicants"),
    )


def funnels() -> Drawing:
    everyone = Path("Everyone", (Measure(100, "100"), Measure(34, "34 of 100"), Measure(17, "50 of 100")))
    rural = Path("Rural", (Measure(40, "40"), HIDDEN, HIDDEN))
    return funnel(
        "funnel",
        "Steps",
        "A third is offered a place.",
        ("Applied", "Offered", "Enrolled"),
        (everyone, rural),
    )


def lines() -> Drawing:
    measures = [HIDDEN if 3 <= n <= 4 else Measure(n * 10, str(n * 10)) for n in range(len(QUARTERS))]
    points = [
        Point(label, measure, n * 11, f"plan {n * 11}")
        for n, (label, measure) in enumerate(zip(QUARTERS, measures, strict=True))
    ]
    return line_plan("line", "Women", "Nearly as planned.", points, series="Women", plan_words="Plan")


def panels() -> Drawing:
    some = [
        Panel("Scholarships", (Measure(10, "10"), Measure(40, "40"))),
        Panel("Courses", (Measure(20, "20"), HIDDEN)),
        Panel("Cohorts", (Measure(5, "5"), Measure(10, "10"))),
    ]
    return small_multiples("panels", "By kind", "Scholarships grow.", some, first="Q1", last="Q2")


def indices() -> Drawing:
    some = [
        Index("Women", Measure(1.0, "1.00", (0.9, 1.1))),
        Index("Rural", HIDDEN),
        Index("Far", Measure(5.0, "5.00")),
    ]
    return parity("parity", "Parity", "Women are at parity.", some, band_words="0.97 to 1.03")


def tiles() -> Drawing:
    return tile_map("tiles", "Countries", "Most in Timor-Leste.", STATES, BINS, others=("Elsewhere: 15.",))


def outlines() -> Drawing:
    return outline_map("outlines", "Countries", "Most in Timor-Leste.", STATES, BINS)


def sparks() -> Drawing:
    return spark("spark", "Women", "Growing.", (Measure(1), HIDDEN, Measure(3)))


ALL = (bars, funnels, lines, panels, indices, tiles, outlines, sparks)
