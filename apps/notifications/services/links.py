"""Secret links, put into a message when it leaves: what is stored never opens anything."""

from apps.applications.referee_links import referee_link
from apps.applications.references import public_ids_of
from apps.notifications.models import Message

#: Stands in the stored body where the link will be.
PLACE = "[[link]]"
#: Templates whose link leads a referee to their questions; `context` names the reference.
TO_REFEREE = ("reference-asked", "reference-reminder")


def put_links_in(messages: list[Message]) -> None:
    """Complete the bodies of a batch in memory only; one statement, and none without such messages."""
    wanted = [message for message in messages if message.template in TO_REFEREE]
    ids = public_ids_of(message.context["reference"] for message in wanted) if wanted else {}
    for message in wanted:
        link = referee_link(ids[message.context["reference"]], message.language)
        message.body = message.body.replace(PLACE, link)
