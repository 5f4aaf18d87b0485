"""The clearing of a month: closed once, after the month."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from services.volunteer.clearing.commands import ClearingCommand, CloseClearing
from services.volunteer.clearing.events import ClearingClosed, ClearingEvent
from services.volunteer.clearing.upcasters import UPCASTERS
from services.volunteer.words import ClearingStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.local_time import month_of
from shared.core.messages import Rejected
from shared.core.state import replace

# For which months a command is taken.
ALLOWED: Mapping[type[ClearingCommand], Set[ClearingStatus]] = {CloseClearing: {"open"}}


@dataclass(frozen=True)
class Clearing:
    """A month as it is decided on."""

    status: ClearingStatus = "open"
    district: str = ""


def decide(command: ClearingCommand, clearing: Clearing) -> list[ClearingEvent]:
    """The events a command leads to. Raises Rejected."""
    if clearing.status not in ALLOWED[type(command)]:
        raise Rejected("clearing_is_closed", f"{command.month} was closed before", "month")
    if month_of(command.at) <= command.month:
        raise Rejected("month_is_not_over", f"{command.month} is not over", "month")
    if sum(line.gave - line.took for line in command.lines):
        raise Rejected("does_not_sum_to_zero", "what some are owed others have to owe", "lines")
    return [
        ClearingClosed(
            at=command.at,
            month=command.month,
            district=command.district,
            lines=command.lines,
            position=command.position,
        )
    ]


def evolve(clearing: Clearing, event: ClearingEvent) -> Clearing:
    """The month after the event."""
    return replace(clearing, status="closed", district=event.district)


clearing: Decider[ClearingCommand, Clearing, ClearingEvent] = Decider(
    category="clearing",
    initial=Clearing(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.district,
    events=Catalogue.of(ClearingEvent, UPCASTERS),
    concerns=lambda command, _: Thing((command.district,)),
)
