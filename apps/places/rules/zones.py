"""Which clock people read where they live. Indonesia has three, the United States more."""

#: Countries whose zone does not say where in them somebody is.
SEVERAL = frozenset(
    {"AU", "BR", "CA", "CD", "CL", "EC", "ES", "FM", "GL", "ID", "KI", "KZ", "MN", "MX", "NZ", "PF"}
    | {"PG", "PT", "RU", "US"}
)

_MAKASSAR = (
    "Asia/Makassar",
    "ID-BA ID-GO ID-KI ID-KS ID-KU ID-NB ID-NT ID-NU ID-SA ID-SG ID-SL ID-SN ID-SR ID-ST",
)
_JAYAPURA = ("Asia/Jayapura", "ID-MA ID-ML ID-MU ID-PA ID-PB ID-PD ID-PE ID-PP ID-PS ID-PT")
_JAKARTA = (
    "Asia/Jakarta",
    "ID-AC ID-BB ID-BE ID-BT ID-JA ID-JB ID-JI ID-JK ID-JT ID-JW ID-KB ID-KR ID-KT ID-LA ID-RI ID-SB"
    " ID-SM ID-SS ID-SU ID-YO",
)
_EASTERN = (
    "America/New_York",
    "US-CT US-DC US-DE US-FL US-GA US-IN US-KY US-MA US-MD US-ME US-MI US-NC US-NH US-NJ US-NY US-OH"
    " US-PA US-RI US-SC US-VA US-VT US-WV",
)
_CENTRAL = (
    "America/Chicago",
    "US-AL US-AR US-IA US-IL US-KS US-LA US-MN US-MO US-MS US-ND US-NE US-OK US-SD US-TN US-TX US-WI",
)
_MOUNTAIN = ("America/Denver", "US-CO US-ID US-MT US-NM US-UT US-WY")
_PACIFIC = ("America/Los_Angeles", "US-CA US-NV US-OR US-WA")
_OTHERS = (
    ("America/Phoenix", "US-AZ"),
    ("America/Anchorage", "US-AK"),
    ("Pacific/Honolulu", "US-HI"),
    ("America/Puerto_Rico", "US-PR US-VI"),
    ("Pacific/Guam", "US-GU US-MP"),
    ("Pacific/Pago_Pago", "US-AS"),
)
#: Province or state → the zone of most of its people.
ZONES = {
    code: zone
    for zone, codes in (
        *(_JAKARTA, _MAKASSAR, _JAYAPURA, _EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC),
        *_OTHERS,
    )
    for code in codes.split()
}


def zone_of_place(country: str | None, country_zone: str | None, subdivision: str | None) -> str:
    """The zone of a province, else of its country; "" where only the province could tell."""
    if subdivision in ZONES:
        return ZONES[subdivision]
    return "" if country is None or country in SEVERAL else country_zone or ""
