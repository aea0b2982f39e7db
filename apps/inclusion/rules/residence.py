"""City, town or rural, from what people say about where they live.

Villages and dispersed places are rural, suburbs belong to their city (`residence_self` of the
platform's question; the classes follow the Degree of Urbanisation endorsed by the UN in 2020).
"""

CLASSES = {"city": "city", "suburb": "city", "town": "town", "village": "rural", "dispersed": "rural"}
#: Imported records may carry the class itself.
DECLARED = {"city": "city", "town": "town", "rural": "rural"}
PREFER_NOT_TO_SAY = "pnts"


def residence_class(answer: str | None) -> str:
    """city, town, rural, not_said, or missing when there is no answer we know."""
    if answer == PREFER_NOT_TO_SAY:
        return "not_said"
    return (CLASSES | DECLARED).get(answer or "", "missing")
