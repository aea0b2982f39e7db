"""What programs aim at, indicator by indicator and quarter by quarter, until the quarter is locked."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Membership
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.services import publish
from apps.inclusion.enums import IndicatorLevel, TargetScope, Unit
from apps.inclusion.events import TargetPeriodLocked, TargetPeriodUnlocked, TargetSet
from apps.inclusion.models import IndicatorDefinition, IndicatorTarget, TargetPeriod, TargetPeriodMove
from apps.inclusion.rules.quarters import is_last_day
from apps.programs.enums import ProgramKind
from apps.programs.models import Program

#: Unit → most a target may be. Counts have no such end but that of their column.
MOST = {Unit.PERCENT: Decimal(100), Unit.RATIO_0_2: Decimal(2)}
MOST_OF_ANY = Decimal(1_000_000_000)


@transaction.atomic
def set_target(
    *,
    definition: IndicatorDefinition,
    scope: str,
    scope_key: str,
    period: date,
    value: Decimal | None,
    note: str = "",
    actor: Actor,
) -> IndicatorTarget:
    """Aim at a value by the end of a quarter, or at none (`value` None). The row before stays, as history.

    The same target twice is once. Raises NotAllowed, Invalid, and Conflict in a locked period.
    """
    must_run_scope(actor, scope, scope_key)
    _must_make_sense(definition, period, value)
    quarter = _hold(period)
    if quarter.locked_at is not None:
        raise Conflict(_("This period is locked. An administrator can unlock it."))
    current = (
        IndicatorTarget.objects.of(scope, scope_key)
        .in_force()
        .filter(code=definition.code, period=quarter)
        .first()
    )
    wanted = (definition.pk, value, note)
    if current and (current.definition_id, current.value, current.note) == wanted:
        return current
    if current:
        IndicatorTarget.objects.filter(pk=current.pk).update(is_current=False)
    made = IndicatorTarget.objects.create(
        definition=definition,
        code=definition.code,
        scope=scope,
        scope_key=scope_key,
        period=quarter,
        value=value,
        note=note,
        set_by_id=actor.person_id,
    )
    publish(TargetSet(target_id=made.pk, before=current.pk if current else None), actor=actor)
    return made


@transaction.atomic
def lock_period(*, period: date, reason: str, actor: Actor) -> TargetPeriod:
    """From now on no target of this quarter is set or changed. Locking a locked one changes nothing."""
    return _move(period, is_locking=True, reason=reason, actor=actor)


@transaction.atomic
def unlock_period(*, period: date, reason: str, actor: Actor) -> TargetPeriod:
    return _move(period, is_locking=False, reason=reason, actor=actor)


def must_run_scope(actor: Actor, scope: str, scope_key: str) -> None:
    """Administrators may aim for everything, coordinators for programs of their own organisation."""
    if not _exists(scope, scope_key):
        raise Invalid(fields={"scope": [_("There is nothing of this name.")]})
    held = Membership.objects.current().filter(user=actor.person_id)
    if held.filter(role=Role.ADMINISTRATOR).exists():
        return
    home = Program.objects.filter(slug=scope_key).values("organisation")
    runs_it = held.filter(role=Role.COORDINATOR, organisation__in=home)
    if scope != TargetScope.PROGRAM or not runs_it.exists():
        raise NotAllowed


def _exists(scope: str, scope_key: str) -> bool:
    if scope == TargetScope.PROGRAM:
        return Program.objects.filter(slug=scope_key).exists()
    return (scope, scope_key) == (TargetScope.ALL, "") or (
        scope == TargetScope.KIND and scope_key in ProgramKind.values
    )


def _must_make_sense(definition: IndicatorDefinition, period: date, value: Decimal | None) -> None:
    if not is_last_day(period):
        raise Invalid(fields={"period": [_("A period ends on the last day of a quarter.")]})
    if definition.level == IndicatorLevel.CONTEXT or definition.valid_to is not None:
        raise Invalid(fields={"indicator": [_("Nobody can aim at this: it is context, or an old version.")]})
    if value is None:
        return
    most = MOST.get(Unit(definition.unit), MOST_OF_ANY)
    if not 0 <= value <= most:
        raise Invalid(fields={"value": [_("Enter a number from 0 to {most}.").format(most=most)]})
    if definition.unit == Unit.PEOPLE and value != value.to_integral_value():
        raise Invalid(fields={"value": [_("Enter a whole number of people.")]})


def _hold(period: date) -> TargetPeriod:
    """The period's row, locked: who sets a target and who locks its period wait for each other."""
    TargetPeriod.objects.get_or_create(ends_on=period)
    return TargetPeriod.objects.select_for_update().get(ends_on=period)


def _move(period: date, *, is_locking: bool, reason: str, actor: Actor) -> TargetPeriod:
    held = Membership.objects.current().filter(user=actor.person_id, role=Role.ADMINISTRATOR)
    if not held.exists():
        raise NotAllowed(_("Only an administrator locks and unlocks periods."))
    if not is_last_day(period):
        raise Invalid(fields={"period": [_("A period ends on the last day of a quarter.")]})
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why.")]})
    quarter = _hold(period)
    if (quarter.locked_at is not None) == is_locking:
        return quarter
    TargetPeriod.objects.filter(pk=quarter.pk).update(locked_at=Now() if is_locking else None)
    TargetPeriodMove.objects.create(
        period=quarter, is_locking=is_locking, reason=reason, made_by_id=actor.person_id
    )
    told = TargetPeriodLocked if is_locking else TargetPeriodUnlocked
    publish(told(period_id=quarter.pk, reason=reason), actor=actor)
    quarter.refresh_from_db()
    return quarter
