"""The family of a browser by how it names itself: browsers name each other, so order matters."""

FAMILIES = (("firefox", ("Firefox/", "FxiOS/")), ("edge", ("Edg/", "EdgA/", "EdgiOS/")))
LATER = (("chrome", ("Chrome/", "CriOS/")), ("safari", ("Safari/",)))
OTHER = "other"


def family_of(user_agent: str) -> str:
    """Programs that fetch a link for a preview mostly say so, and are `other`."""
    if "bot" in user_agent.lower() or not user_agent.startswith("Mozilla/"):
        return OTHER
    for family, marks in (*FAMILIES, *LATER):
        if any(mark in user_agent for mark in marks):
            return family
    return OTHER
