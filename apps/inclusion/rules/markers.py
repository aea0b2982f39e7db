"""What a score of the two policy markers asks, in our own words.

Sources: OECD DAC Network on Gender Equality, handbook on the gender equality policy marker (2016); OECD DAC
working party on statistics, policy marker on the inclusion and empowerment of persons with disabilities (2018).
They are a summary: whoever reports to the OECD reads the sources.
"""

from collections.abc import Collection, Mapping

GENDER, DISABILITY = "gender", "disability"
NOT_TARGETED, SIGNIFICANT, PRINCIPAL = 0, 1, 2
#: A score above 0 is claimed in at least so many characters, and with a link to its evidence.
LEAST_JUSTIFICATION = 100
#: The codes of the markers in IATI's list PolicyMarker.
IATI_CODES = {GENDER: "1", DISABILITY: "11"}

#: Marker → score → criteria it asks for beyond those of the lower score.
ASKED: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    GENDER: {
        NOT_TARGETED: ("gender_analysis", "gender_no_harm"),
        SIGNIFICANT: ("gender_objective", "gender_indicator", "gender_by_sex", "gender_reported"),
        PRINCIPAL: ("gender_main_aim", "gender_results"),
    },
    DISABILITY: {
        NOT_TARGETED: (),
        SIGNIFICANT: ("disability_objective", "disability_backed", "disability_no_segregation"),
        PRINCIPAL: ("disability_fundamental",),
    },
}


def criteria_of(marker: str) -> tuple[str, ...]:
    return tuple(each for asked in ASKED[marker].values() for each in asked)


def missing(marker: str, score: int, ticked: Collection[str]) -> tuple[str, ...]:
    """Criteria of a score above 0 that are not met. For 0 they are good practice and stop nothing."""
    if score == NOT_TARGETED:
        return ()
    wanted = [each for at, asked in ASKED[marker].items() if at <= score for each in asked]
    return tuple(each for each in wanted if each not in ticked)
