"""The life of a unit: formed, nested, linked, promising and giving, dissolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

from services.territory.unit import rules
from services.territory.unit.commands import (
    DissolveUnit,
    FormUnit,
    FulfilPledge,
    LinkUnit,
    MakePledge,
    NestUnit,
    RecordAid,
    UnitCommand,
    UnlinkUnit,
)
from services.territory.unit.events import (
    AidGiven,
    PledgeFulfilled,
    PledgeMade,
    UnitDissolved,
    UnitEvent,
    UnitFormed,
    UnitLinked,
    UnitNested,
    UnitUnlinked,
)
from services.territory.unit.evolution import evolve
from services.territory.unit.nesting import nestable_under
from services.territory.unit.state import Unit
from services.territory.unit.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider


def decide(command: UnitCommand, unit: Unit) -> list[UnitEvent]:
    """The events a command leads to; what it lies under is not looked at. Raises Rejected."""
    at, late = command.at, command.late_reason
    told: dict[str, Any] = {"at": at, "late_reason": late, "code": command.code}
    return _decide(command, unit, told)


def decide_under(
    command: FormUnit | NestUnit, unit: Unit, above: Sequence[Unit]
) -> list[UnitEvent]:
    """The same for a unit put under another, whose chain up to the top is `above`."""
    events = decide(command, unit)
    nestable_under(command, unit, above)
    return events


def _decide(  # noqa: C901, PLR0911 - one arm a command
    command: UnitCommand, unit: Unit, told: dict[str, Any]
) -> list[UnitEvent]:
    match command:
        case FormUnit(kind=kind, name=name, territory=territory, parent=parent):
            rules.formable(unit, command)
            return [UnitFormed(**told, kind=kind, name=name, territory=territory, parent=parent)]
        case NestUnit(parent=parent):
            rules.nestable(unit, command)
            return [UnitNested(**told, parent=parent)]
        case DissolveUnit():
            rules.dissolvable(unit, command)
            return [*_unlinked(unit, told), UnitDissolved(**told, territory=unit.territory)]
        case LinkUnit(territory=territory, linkage=linkage):
            rules.linkable(unit, command)
            return [UnitLinked(**told, territory=territory, linkage=linkage)]
        case UnlinkUnit(territory=territory, linkage=linkage):
            linked = rules.linked(unit, command).number
            return [UnitUnlinked(**told, territory=territory, linkage=linkage, linked=linked)]
        case MakePledge(what=what, amount_fen=amount, due=due):
            rules.pledgeable(unit, command)
            return [PledgeMade(**told, what=what, amount_fen=amount, due=due)]
        case FulfilPledge(code=code, pledge=pledge, at=at):
            rules.fulfillable(unit, code, pledge, at)
            return [PledgeFulfilled(**told, pledge=pledge)]
        case RecordAid(kind=aid, amount_fen=amount, pledge=given_for):
            rules.giveable(unit, command)
            return [AidGiven(**told, kind=aid, amount_fen=amount, pledge=given_for)]
        case _:
            assert_never(command)


def _unlinked(unit: Unit, told: dict[str, Any]) -> list[UnitEvent]:
    return [
        UnitUnlinked(**told, territory=one.territory, linkage=one.linkage, linked=one.number)
        for one in unit.links
        if one.until is None
    ]


def concerns(command: UnitCommand, unit: Unit) -> Thing:
    """Where the unit is; for a link, where that leads. Units that it is put under are not changed
    by that, so nobody has to answer for them."""
    if unit.code not in ("", command.code):
        return Thing()
    match command:
        case FormUnit(territory=territory) | LinkUnit(territory=territory):
            return Thing((territory,))
        case UnlinkUnit(territory=territory):
            return Thing((territory,))
        case _:
            return Thing((unit.territory,) if unit.territory else ())


unit: Decider[UnitCommand, Unit, UnitEvent] = Decider(
    category="unit",
    initial=Unit(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(UnitEvent, UPCASTERS),
    concerns=concerns,
)
