"""The life of a roster: who comes, changes, leaves."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from services.territory.roster import rules
from services.territory.roster.commands import (
    AmendHousehold,
    CloseHousehold,
    EnrolHouseholds,
    Entry,
    RegisterHouseholds,
    ReturnHousehold,
    RosterCommand,
    VacateHousehold,
)
from services.territory.roster.events import (
    HouseholdAmended,
    HouseholdClosed,
    HouseholdRegistered,
    HouseholdReturned,
    HouseholdVacated,
    RosterEvent,
)
from services.territory.roster.state import Household, Roster
from services.territory.roster.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.late_entry import LateReason
from shared.core.messages import Rejected
from shared.core.state import replace

# Of a row that began before its file was brought.
ENROLLED_LATE: LateReason = "migration"
# What becomes of a row: it is registered, refused, or known as it is (None).
Verdict = HouseholdRegistered | Rejected | None


def decide(command: RosterCommand, roster: Roster) -> list[RosterEvent]:
    """The events a command leads to. Raises Rejected."""
    at, late = command.at, command.late_reason
    match command:
        case RegisterHouseholds():
            return _registered(command, roster)
        case EnrolHouseholds():
            return registered(enrolled(command, roster))
        case AmendHousehold(household=household, area_dm2=area):
            rules.amendable(roster, household, area, at)
            return [HouseholdAmended(at=at, late_reason=late, household=household, area_dm2=area)]
        case VacateHousehold(household=household):
            rules.vacatable(roster, household, at)
            return [HouseholdVacated(at=at, late_reason=late, household=household)]
        case ReturnHousehold(household=household):
            rules.returnable(roster, household, at)
            return [HouseholdReturned(at=at, late_reason=late, household=household)]
        case CloseHousehold(household=household):
            rules.standing(roster, household, at)
            return [HouseholdClosed(at=at, late_reason=late, household=household)]
        case _:
            assert_never(command)


def enrolled(command: EnrolHouseholds, roster: Roster) -> list[Verdict]:
    """What becomes of each row, in their order, each on the roster that those before it leave."""
    verdicts: list[Verdict] = []
    for entry in command.entries:
        if rules.known(roster, entry):
            verdicts.append(None)
            continue
        try:
            rules.enrollable(roster, entry, entry.at or command.at)
        except Rejected as no:
            verdicts.append(no)
            continue
        late = ENROLLED_LATE if entry.at is not None and entry.at < command.at else None
        event = _event(command.building, entry, entry.at or command.at, late)
        roster = evolve(roster, event)
        verdicts.append(event)
    return verdicts


def registered(verdicts: list[Verdict]) -> list[RosterEvent]:
    """The events among them."""
    return [one for one in verdicts if isinstance(one, HouseholdRegistered)]


def _registered(command: RegisterHouseholds, roster: Roster) -> list[RosterEvent]:
    events: list[RosterEvent] = []
    for number, entry in enumerate(command.entries):
        try:
            rules.registrable(roster, entry, command.at)
        except Rejected as no:
            raise Rejected(no.code, no.detail, _within(number, no.field)) from None
        event = _event(command.building, entry, command.at, command.late_reason)
        roster = evolve(roster, event)
        events.append(event)
    return events


def _within(number: int, field: str | None) -> str | None:
    """The field of an entry; when it happened is told once for all."""
    return field if field == "occurred_at" else f"households/{number}/{field}"


def _event(building: str, entry: Entry, at: datetime, late: str | None) -> HouseholdRegistered:
    return HouseholdRegistered(
        at=at,
        late_reason=late,
        household=entry.household,
        building=building,
        door=entry.door,
        area_dm2=entry.area_dm2,
    )


def evolve(roster: Roster, event: RosterEvent) -> Roster:
    """The roster after the event."""
    if isinstance(event, HouseholdRegistered):
        new = Household(event.door, event.area_dm2, event.at, event.at)
        return Roster(event.building, roster.households.set(event.household, new))
    there = replace(roster.households[event.household], changed=event.at)
    match event:
        case HouseholdAmended(area_dm2=area):
            there = replace(there, area_dm2=area)
        case HouseholdVacated():
            there = replace(there, occupied=False)
        case HouseholdReturned():
            there = replace(there, occupied=True)
        case HouseholdClosed():
            there = replace(there, is_open=False)
        case _:
            assert_never(event)
    return replace(roster, households=roster.households.set(event.household, there))


building_roster: Decider[RosterCommand, Roster, RosterEvent] = Decider(
    category="roster",
    initial=Roster(),
    decide=decide,
    evolve=evolve,
    territory=lambda roster: roster.building,
    events=Catalogue.of(RosterEvent, UPCASTERS),
    concerns=lambda command, _: Thing((command.building,)),
)
