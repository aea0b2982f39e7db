"""Publishing new wordings. Whoever agreed to the old one is asked again."""

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.core.lifecycle import change_many
from apps.events.services import publish, publish_many
from apps.people.enums import ConsentStatus
from apps.people.events import ConsentSuperseded, ConsentTextPublished
from apps.people.models import Consent, ConsentText
from apps.people.rules.wordings import FALLBACK, Wording, first
from apps.places.models import Country


def text_row(wording: Wording) -> ConsentText:
    """The row of a wording; a shipped one gets its row when first answered. Idempotent under rivals."""
    if wording.pk is not None:
        return ConsentText.objects.get(pk=wording.pk)
    row, _is_new = ConsentText.objects.get_or_create(
        purpose=wording.purpose,
        country=None,
        language=wording.language,
        version=wording.version,
        defaults={"title": wording.title, "text": wording.text},
    )
    return row


@transaction.atomic
def publish_text(
    *,
    purpose: str,
    country: Country | None,
    language: str,
    title: str,
    text: str,
    is_machine_draft: bool = False,
    actor: Actor,
) -> ConsentText:
    """English begins the next version and ends every consent to the one before; people are asked again.

    Another language joins the version in force, once. Rivals wait for each other: the texts of the
    purpose, of which the shipped one is always there, are locked in key order.
    """
    text_row(first(purpose))
    chain = ConsentText.objects.filter(purpose=purpose, country=country)
    list(ConsentText.objects.filter(purpose=purpose).order_by("pk").select_for_update().values_list("pk"))
    last = chain.filter(language=FALLBACK).aggregate(last=Max("version"))["last"]
    if language == FALLBACK:
        version = (last or 0) + 1
        if is_machine_draft:
            raise Invalid(fields={"is_machine_draft": [_("English is the text of record, never a draft.")]})
    else:
        if last is None:
            raise Invalid(fields={"language": [_("Publish the English text of this country first.")]})
        version = last
        if chain.filter(language=language, version=version, is_machine_draft=False).exists():
            raise Invalid(fields={"language": [_("This wording has a text in this language already.")]})
        chain.filter(language=language, version=version).delete()
    row = ConsentText.objects.create(
        purpose=purpose,
        country=country,
        language=language,
        version=version,
        title=title,
        text=text,
        is_machine_draft=is_machine_draft,
    )
    publish(ConsentTextPublished(text_id=row.pk, purpose=purpose, version=version), actor=actor)
    if language == FALLBACK:
        _ask_again(row, actor)
    return row


def _ask_again(text: ConsentText, actor: Actor) -> None:
    """Those who agreed to an older wording of this chain, and those whose country now has its own."""
    old = Consent.objects.current().filter(purpose=text.purpose).exclude(text=text)
    place = {"text__country": None} if text.country_id is None else {"person__country": text.country_id}
    old = old.filter(**place)
    rows = list(old.order_by("pk").select_for_update().values_list("pk", "person_id", "status"))
    change_many(
        Consent.objects.filter(pk__in=[row[0] for row in rows]), to=ConsentStatus.SUPERSEDED, ended_at=Now()
    )
    Consent.objects.bulk_create(
        [Consent(person_id=person, purpose=text.purpose, text=text) for _pk, person, _status in rows],
        batch_size=1000,
    )
    publish_many(
        [
            ConsentSuperseded(person_id=person, consent_id=pk, purpose=text.purpose)
            for pk, person, status in rows
            if status == ConsentStatus.GIVEN
        ],
        actor=actor,
    )
