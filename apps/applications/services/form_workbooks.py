"""Forms from workbooks. What was read waits an hour for the coordinator who sent it to say yes."""

from dataclasses import dataclass
from uuid import uuid4

from django.core.cache import cache

from apps.applications.models import FormVersion
from apps.applications.rules.editing import mark
from apps.applications.rules.xlsform.keeping import Imported, import_workbook
from apps.applications.rules.xlsform.workbook import Refused
from apps.applications.services.form_drafts import open_draft, replace_draft
from apps.applications.workbook_words import refusal
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.programs.models import Intake

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Proposal:
    """`seen` is the mark of the form that the coordinator compares it with."""

    imported: Imported
    seen: str


def propose_form(*, intake: Intake, content: bytes, actor: Actor) -> str:
    """Read a workbook and keep what came of it aside. Raises Invalid with the reason beside the file.

    Nothing is written to the database: a cache that is emptied costs sending the file again.
    """
    try:
        imported = import_workbook(content)
    except Refused as refused:
        raise Invalid(fields={"file": [refusal(refused)]}) from None
    draft = open_draft(intake=intake, actor=actor)
    token = str(uuid4())
    cache.set(_key(intake, token), Proposal(imported, mark(draft.definition)), HOUR)
    return token


def proposed_form(intake: Intake, token: str) -> Proposal | None:
    found = cache.get(_key(intake, token))
    return found if isinstance(found, Proposal) else None


def take_proposed_form(*, intake: Intake, token: str, actor: Actor) -> FormVersion:
    """Make the workbook the draft. Raises Conflict when the draft changed since the comparison."""
    proposal = proposed_form(intake, token)
    if proposal is None:
        raise Conflict
    definition = proposal.imported.definition
    draft = replace_draft(intake=intake, definition=definition, seen=proposal.seen, actor=actor)
    cache.delete(_key(intake, token))
    return draft


def _key(intake: Intake, token: str) -> str:
    return f"form-import:{intake.pk}:{token[:36]}"
