"""The life of a facility: planned, opened, used, closed."""

from __future__ import annotations

from typing import Any, assert_never

from services.territory.facility import rules
from services.territory.facility.commands import (
    AddFunction,
    CloseFacility,
    FacilityCommand,
    OpenFacility,
    PlanFacility,
    RecordUse,
    RegisterAsset,
    RemoveFunction,
)
from services.territory.facility.events import (
    AssetRegistered,
    FacilityClosed,
    FacilityEvent,
    FacilityOpened,
    FacilityPlanned,
    FacilityUsed,
    FunctionAdded,
    FunctionRemoved,
)
from services.territory.facility.state import Facility
from services.territory.facility.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.state import replace


def decide(  # noqa: PLR0911 - one arm a command
    command: FacilityCommand, facility: Facility
) -> list[FacilityEvent]:
    """The events a command leads to. Raises Rejected."""
    told: dict[str, Any] = {
        "at": command.at,
        "late_reason": command.late_reason,
        "code": command.code,
    }
    match command:
        case PlanFacility(kind=kind, name=name, territory=territory):
            rules.plannable(facility, command)
            return [FacilityPlanned(**told, kind=kind, name=name, territory=territory)]
        case OpenFacility():
            return [rules.opened(facility, command)]
        case AddFunction(function=function):
            rules.addable(facility, command, function)
            return [FunctionAdded(**told, function=function)]
        case RemoveFunction(function=function):
            number = rules.added(facility, command, function)
            return [FunctionRemoved(**told, function=function, added=number)]
        case RecordUse(day=day, visits=visits):
            rules.countable(facility, command)
            return [FacilityUsed(**told, day=day, visits=visits)]
        case RegisterAsset(kind=asset, count=count, area_dm2=area):
            rules.is_open(facility, command)
            return [AssetRegistered(**told, kind=asset, count=count, area_dm2=area)]
        case CloseFacility():
            rules.closable(facility, command)
            return [FacilityClosed(**told, territory=facility.territory)]
        case _:
            assert_never(command)


def evolve(facility: Facility, event: FacilityEvent) -> Facility:
    """The facility after the event."""
    version, at = facility.version + 1, event.at
    facility = replace(facility, version=version)
    match event:
        case FacilityPlanned() | FacilityOpened():
            return _described(facility, event)
        case FunctionAdded(function=function):
            functions = facility.functions.set(function, version)
            return replace(facility, functions=functions, changed=at)
        case FunctionRemoved(function=function):
            return replace(facility, functions=facility.functions.delete(function), changed=at)
        case FacilityUsed(day=day):
            return replace(facility, used=max(facility.used, day))
        case AssetRegistered():
            return facility
        case FacilityClosed():
            return replace(facility, status="closed", changed=at)
        case _:
            assert_never(event)


def _described(facility: Facility, event: FacilityPlanned | FacilityOpened) -> Facility:
    planned = isinstance(event, FacilityPlanned)
    return replace(
        facility,
        status="planned" if planned else "open",
        code=event.code,
        kind=event.kind,
        name=event.name,
        territory=event.territory,
        opened=None if planned else event.at,
        changed=event.at,
    )


def concerns(command: FacilityCommand, facility: Facility) -> Thing:
    """Where the facility is, or shall be."""
    told = getattr(command, "territory", None)
    where = {place for place in (facility.territory, told) if place}
    return Thing(tuple(sorted(where)))


facility: Decider[FacilityCommand, Facility, FacilityEvent] = Decider(
    category="facility",
    initial=Facility(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(FacilityEvent, UPCASTERS),
    concerns=concerns,
)
