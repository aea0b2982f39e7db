"""Setting up programs and intakes. `version` is the one the coordinator saw: rivals are told."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.enums import IntakeStatus
from apps.programs.events import IntakeChanged, IntakeMoved, ProgramChanged
from apps.programs.models import EligibilityRule, InclusionTarget, Intake, Program

#: Moves back are corrections and need a reason.
ORDER = [
    IntakeStatus.DRAFT,
    IntakeStatus.PUBLISHED,
    IntakeStatus.OPEN,
    IntakeStatus.CLOSED,
    IntakeStatus.REVIEWING,
    IntakeStatus.DECIDING,
    IntakeStatus.RELEASED,
    IntakeStatus.ARCHIVED,
]


#: Until then nobody has applied, so the rules may change.
RULES_MAY_CHANGE = (IntakeStatus.DRAFT, IntakeStatus.PUBLISHED)


def is_back(before: str, to: str) -> bool:
    return (
        to in ORDER and before in ORDER and ORDER.index(IntakeStatus(to)) < ORDER.index(IntakeStatus(before))
    )


def _free_slug(text: str, taken: Any, fallback: str) -> str:
    """The text as an address, with a number when that address is taken."""
    base = slugify(text)[:60] or fallback
    slug, number = base, 1
    while taken.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def create_program(
    *, organisation: Organisation, values: Mapping[str, Any], key: UUID | None = None, actor: Actor
) -> Program:
    """Two clicks on one form carry one `key` and make one program."""
    key = key or uuid4()
    mine = Program.objects.filter(public_id=key, organisation=organisation)
    if made := mine.first():
        return made
    slug = _free_slug(values["title"].get("en", ""), Program.objects, "program")
    try:
        with transaction.atomic():
            program = Program.objects.create(public_id=key, organisation=organisation, slug=slug, **values)
    except IntegrityError:
        return _made_meanwhile(mine)
    publish(ProgramChanged(program_id=program.pk, fields=sorted(values)), actor=actor)
    return program


def _made_meanwhile(mine: QuerySet) -> Any:
    """The row of the click that was faster; Conflict when somebody else took the address."""
    if made := mine.first():
        return made
    raise Conflict


@transaction.atomic
def change_program(*, program: Program, values: Mapping[str, Any], version: int, actor: Actor) -> None:
    """The event names the fields that are other than before. Raises Conflict when someone was first."""
    row = Program.objects.select_for_update(of=("self",)).filter(pk=program.pk, version=version).first()
    if row is None:
        raise Conflict
    changed = _differing(row, values)
    Program.objects.filter(pk=row.pk).update(**values, version=F("version") + 1)
    publish(ProgramChanged(program_id=program.pk, fields=changed), actor=actor)


def _differing(row: Program | Intake, values: Mapping[str, Any]) -> list[str]:
    return sorted(name for name, value in values.items() if getattr(row, name) != value)


@transaction.atomic
def create_intake(
    *, program: Program, values: Mapping[str, Any], key: UUID | None = None, actor: Actor
) -> Intake:
    """Two clicks on one form carry one `key` and make one intake."""
    key = key or uuid4()
    of_program = Intake.objects.filter(program=program)
    if made := of_program.filter(public_id=key).first():
        return made
    slug = _free_slug(values["name"].get("en", ""), of_program, "intake")
    try:
        with transaction.atomic():
            intake = Intake.objects.create(public_id=key, program=program, slug=slug, **values)
    except IntegrityError:
        return _made_meanwhile(of_program.filter(public_id=key))
    publish(IntakeChanged(intake_id=intake.pk, fields=sorted(values)), actor=actor)
    return intake


@transaction.atomic
def change_intake(*, intake: Intake, values: Mapping[str, Any], version: int, actor: Actor) -> None:
    """Raises Invalid when fewer seats are asked for than are held, or when what people can see would
    lose its closing day; Conflict when someone was first. The event names the fields that are other than before.
    """
    row = _next_version(intake, version)
    may_lack_dates = row.status in (IntakeStatus.DRAFT, IntakeStatus.CANCELLED) or row.source
    if values.get("closes_at", row.closes_at) is None and not may_lack_dates:
        raise Invalid(fields={"closes_at": [_("Enter when it closes: people can see this intake already.")]})
    if values.get("seats", row.seats) < row.seats_taken:
        message = _("{n} seats are held already.").format(n=row.seats_taken)
        raise Invalid(fields={"seats": [message]})
    changed = _differing(row, values)
    Intake.objects.filter(pk=row.pk).update(**values)
    publish(IntakeChanged(intake_id=intake.pk, fields=changed), actor=actor)


def _next_version(intake: Intake, seen: int) -> Intake:
    """Lock the intake and count its version up, or raise Conflict when it is not the one seen.

    Dates, rules and targets share it: whoever saves second is told what else has changed.
    """
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    if row.version != seen:
        raise Conflict
    Intake.objects.filter(pk=row.pk).update(version=seen + 1)
    intake.version = seen + 1
    return row


@transaction.atomic
def move_intake(*, intake: Intake, to: str, reason: str, actor: Actor) -> None:
    """To another status along the lifecycle. Publishing needs dates; going back needs a reason."""
    before = intake.status
    if (is_back(before, to) or to == IntakeStatus.CANCELLED) and not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
    if to == IntakeStatus.PUBLISHED and not (intake.opens_at and intake.closes_at and intake.seats):
        raise Invalid(_("Enter when it opens, when it closes and how many seats there are, then publish."))
    change(intake, to=to)
    publish(IntakeMoved(intake_id=intake.pk, before=before, after=to, reason=reason), actor=actor)


@transaction.atomic
def set_eligibility(
    *, intake: Intake, rules: Sequence[Mapping[str, Any]], version: int, actor: Actor
) -> None:
    """Replace the rules. Refused once the intake took applications: nobody is judged by new rules.

    What a form does not ask for (other languages, hints) stays with a question that stays, and so do
    its examples: when its rule changed they show whether that was meant.
    """
    row = _next_version(intake, version)
    if row.status not in RULES_MAY_CHANGE:
        raise Conflict(_("The rules are fixed once people can apply."))
    old = list(intake.eligibility_rules.all())
    before = {rule.question.get("en", ""): rule for rule in old}
    stated = {(rule.key, rule.answer): rule.examples for rule in old}
    intake.eligibility_rules.all().delete()
    taken: set[str] = set()
    rows = []
    for number, rule in enumerate(rules, start=1):
        asked = rule["question"].get("en", "")
        base = slugify(asked)[:32] or "rule"
        key = base if base not in taken else f"{base}-{number}"
        taken.add(key)
        values = kept_words(before.get(asked), rule)
        examples = stated.get((key, rule["answer"]), {})
        rows.append(EligibilityRule(intake=intake, number=number, key=key, examples=examples, **values))
    EligibilityRule.objects.bulk_create(rows)
    publish(IntakeChanged(intake_id=intake.pk, fields=["eligibility"]), actor=actor)


def kept_words(before: EligibilityRule | None, rule: Mapping[str, Any]) -> dict[str, Any]:
    """`rule` with the words of the one before it, as long as the English they translate is the same."""
    if before is None:
        return dict(rule)
    labels = {(each["value"], each["label"].get("en")): each["label"] for each in before.options}
    options = [
        {**each, "label": labels.get((each["value"], each["label"].get("en")), each["label"])}
        for each in rule["options"]
    ]
    unmet = before.unmet if before.unmet.get("en") == rule["unmet"].get("en") else rule["unmet"]
    question = {**before.question, **rule["question"]}
    return {"hint": before.hint, **rule, "question": question, "unmet": unmet, "options": options}


@transaction.atomic
def set_examples(*, intake: Intake, examples: Mapping[str, Mapping[str, Any]], actor: Actor) -> None:
    """What each rule (by key) must let pass and must stop. Examples judge nobody, so any time will do."""
    for rule in EligibilityRule.objects.select_for_update().filter(intake=intake).order_by("pk"):
        EligibilityRule.objects.filter(pk=rule.pk).update(examples=dict(examples.get(rule.key, {})))
    publish(IntakeChanged(intake_id=intake.pk, fields=["examples"]), actor=actor)


@transaction.atomic
def set_targets(*, intake: Intake, percents: Mapping[str, Any], version: int, actor: Actor) -> None:
    """The share of participants the program aims at, for each group; None removes a target."""
    _next_version(intake, version)
    for group, percent in percents.items():
        if percent is None:
            InclusionTarget.objects.filter(intake=intake, group=group).delete()
        else:
            InclusionTarget.objects.update_or_create(
                intake=intake, group=group, defaults={"percent": percent}
            )
    publish(IntakeChanged(intake_id=intake.pk, fields=["targets"]), actor=actor)
