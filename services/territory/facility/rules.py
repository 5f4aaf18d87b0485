"""What a change of a facility must hold to."""

from __future__ import annotations

from datetime import datetime

from services.territory.facility.commands import (
    CloseFacility,
    FacilityCommand,
    OpenFacility,
    PlanFacility,
    RecordUse,
)
from services.territory.facility.events import FacilityOpened
from services.territory.facility.state import Facility
from shared.core.local_time import day_of
from shared.core.messages import Rejected


def plannable(facility: Facility, command: PlanFacility) -> None:
    """Raises Rejected for a code that a facility has or had."""
    if facility.code:
        detail = f"{command.code} is or was a facility; choose another code"
        raise Rejected("code_taken", detail, "code")


def opened(facility: Facility, command: OpenFacility) -> FacilityOpened:
    """The opening, with what was planned where the command is silent. Raises Rejected."""
    if facility.status in ("open", "closed"):
        detail = f"{command.code} was opened before; choose another code"
        raise Rejected("code_taken", detail, "code")
    in_order(facility, command)
    kind = command.kind or facility.kind
    name = command.name or facility.name
    territory = facility.territory or command.territory
    for field, told in {"kind": kind, "name": name, "territory": territory}.items():
        if not told:
            raise Rejected("not_described", f"no plan says its {field}: say it here", field)
    if facility.territory and command.territory not in (None, facility.territory):
        detail = f"it was planned in {facility.territory}; plan another one elsewhere"
        raise Rejected("planned_elsewhere", detail, "territory")
    return FacilityOpened.model_validate(
        {
            "at": command.at,
            "late_reason": command.late_reason,
            "code": command.code,
            "kind": kind,
            "name": name,
            "territory": territory,
        }
    )


def is_open(facility: Facility, command: FacilityCommand) -> datetime:
    """When it was opened. Raises Rejected for one that is not open, or was not yet then."""
    if facility.opened is None:
        if not facility.code:
            raise Rejected("unknown_facility", f"there is no facility {command.code!r}", "code")
        raise Rejected("not_open", f"{command.code} is planned; open it first", "code")
    if facility.status == "closed":
        raise Rejected("closed_already", f"{command.code} is closed", "code")
    if command.at < facility.opened:
        detail = f"{command.code} was opened at {facility.opened.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    return facility.opened


def in_order(facility: Facility, command: FacilityCommand) -> None:
    """Raises Rejected for what happened before the last change that is known."""
    if facility.changed is not None and command.at < facility.changed:
        detail = f"{command.code} was changed at {facility.changed.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


def addable(facility: Facility, command: FacilityCommand, function: str) -> None:
    """Raises Rejected for a function that it has."""
    is_open(facility, command)
    in_order(facility, command)
    if function in facility.functions:
        raise Rejected("has_it_already", f"{command.code} serves as {function}", "function")


def added(facility: Facility, command: FacilityCommand, function: str) -> int:
    """The event that gave it the function. Raises Rejected for one that it has not."""
    is_open(facility, command)
    in_order(facility, command)
    number = facility.functions.get(function)
    if number is None:
        raise Rejected("has_it_not", f"{command.code} does not serve as {function}", "function")
    return number


def countable(facility: Facility, command: RecordUse) -> None:
    """Raises Rejected for a day before it was opened, or one that is not over when it is told."""
    first = day_of(is_open(facility, command))
    if not first <= command.day <= day_of(command.at):
        detail = f"name a day from {first} to {day_of(command.at)}"
        raise Rejected("not_open_that_day", detail, "day")


def closable(facility: Facility, command: CloseFacility) -> None:
    """Raises Rejected for one that was used after that."""
    is_open(facility, command)
    in_order(facility, command)
    if facility.used > day_of(command.at):
        raise Rejected("overlaps_in_time", f"it was used on {facility.used}", "occurred_at")
