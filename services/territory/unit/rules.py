"""What a change of a unit must hold to."""

from __future__ import annotations

from datetime import datetime

from services.territory.unit.commands import (
    DissolveUnit,
    FormUnit,
    LinkUnit,
    MakePledge,
    NestUnit,
    RecordAid,
    UnlinkUnit,
)
from services.territory.unit.state import Link, Pledge, Unit
from services.territory.unit.words import LINKS
from shared.core.messages import Rejected


def formable(unit: Unit, command: FormUnit) -> None:
    """Raises Rejected for a code that a unit has or had."""
    if unit.code:
        detail = f"{command.code} is or was a unit; choose another code"
        raise Rejected("code_taken", detail, "code")


def there(unit: Unit, code: str, at: datetime) -> None:
    """Raises Rejected for a unit that did not exist at that moment."""
    if unit.formed is None:
        raise Rejected("unknown_unit", f"there is no unit {code!r}", "code")
    if at < unit.formed:
        detail = f"{code} was formed at {unit.formed.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    if unit.dissolved is not None and unit.dissolved <= at:
        detail = f"{code} was dissolved at {unit.dissolved.isoformat()}"
        raise Rejected("dissolved_already", detail, "code")


def standing(unit: Unit, code: str, at: datetime) -> None:
    """Raises Rejected for a unit that did not exist then, or does not exist any more."""
    there(unit, code, at)
    if unit.dissolved is not None:
        detail = f"{code} was dissolved at {unit.dissolved.isoformat()}: this would outlast it"
        raise Rejected("dissolved_already", detail, "code")


def nestable(unit: Unit, command: NestUnit) -> None:
    """Raises Rejected for a unit that lies there, or was put elsewhere after that."""
    standing(unit, command.code, command.at)
    if unit.placed is not None and command.at < unit.placed:
        detail = f"{unit.code} was put where it is at {unit.placed.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    if unit.parent == command.parent:
        detail = f"{unit.code} lies under {unit.parent or 'no unit'}"
        raise Rejected("lies_there_already", detail, "parent")


def dissolvable(unit: Unit, command: DissolveUnit) -> None:
    """Raises Rejected while units lie under it, and before anything that is known of it."""
    standing(unit, command.code, command.at)
    if command.below:
        detail = f"these lie under it: {', '.join(command.below[:10])}"
        raise Rejected("not_empty", detail, "code")
    if unit.told is not None and command.at < unit.told:
        detail = f"{unit.code} is known to have acted at {unit.told.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


def linkable(unit: Unit, command: LinkUnit) -> None:
    """Raises Rejected for a part that a unit of its kind cannot have, or has then or later."""
    standing(unit, command.code, command.at)
    if unit.kind not in LINKS[command.linkage]:
        fitting = ", ".join(sorted(LINKS[command.linkage]))
        detail = f"a {command.linkage} is one of {fitting}; {unit.code} is a {unit.kind}"
        raise Rejected("wrong_kind_of_unit", detail, "linkage")
    for one in _alike(unit, command):
        if one.until is None or command.at < one.until:
            detail = f"linked as that from {one.since.isoformat()} on"
            raise Rejected("overlaps_in_time", detail, "occurred_at")


def linked(unit: Unit, command: UnlinkUnit) -> Link:
    """The link that ends. Raises Rejected."""
    there(unit, command.code, command.at)
    for one in _alike(unit, command):
        if one.until is None and one.since < command.at:
            return one
        if one.until is None:
            detail = f"linked since {one.since.isoformat()}"
            raise Rejected("ends_before_it_begins", detail, "occurred_at")
    detail = f"{unit.code} is no {command.linkage} of {command.territory}"
    raise Rejected("not_linked", detail, "territory")


def pledgeable(unit: Unit, command: MakePledge) -> None:
    """Raises Rejected for money without an amount."""
    there(unit, command.code, command.at)
    _priced(command.what, command.amount_fen)


def pledged(unit: Unit, number: int, at: datetime) -> Pledge:
    """The pledge of this number. Raises Rejected for one made later."""
    for one in unit.pledges:
        if one.number == number:
            if at < one.at:
                detail = f"it was promised at {one.at.isoformat()}, after that"
                raise Rejected("overlaps_in_time", detail, "occurred_at")
            return one
    raise Rejected("unknown_pledge", f"{unit.code} made no pledge {number}", "pledge")


def fulfillable(unit: Unit, code: str, number: int, at: datetime) -> None:
    """Raises Rejected for a pledge that is not there or is fulfilled."""
    there(unit, code, at)
    if (done := pledged(unit, number, at).fulfilled) is not None:
        detail = f"it was fulfilled at {done.isoformat()}"
        raise Rejected("fulfilled_already", detail, "pledge")


def giveable(unit: Unit, command: RecordAid) -> None:
    """Raises Rejected for money without an amount, and for a pledge that is not there."""
    there(unit, command.code, command.at)
    _priced(command.kind, command.amount_fen)
    if command.pledge is not None:
        pledged(unit, command.pledge, command.at)


def _alike(unit: Unit, command: LinkUnit | UnlinkUnit) -> list[Link]:
    named = (command.territory, command.linkage)
    return [one for one in unit.links if (one.territory, one.linkage) == named]


def _priced(what: str, amount_fen: int | None) -> None:
    if what == "funds" and not amount_fen:
        raise Rejected("amount_missing", "say how much, in fen", "amount_fen")
