"""What each event makes of a whistle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from services.grievance.whistle.events import (
    TurnoutConfirmed,
    UnitCalled,
    UnitOverdue,
    UnitReported,
    UnitResultGiven,
    WhistleBlown,
    WhistleEnded,
    WhistleEvent,
)
from services.grievance.whistle.state import Whistle
from shared.core.state import replace


def evolve(whistle: Whistle, event: WhistleEvent) -> Whistle:  # noqa: PLR0911 - one arm an event
    """The whistle after the event."""
    after = replace(whistle, past=(*whistle.past, event))
    match event:
        case WhistleBlown(territory=territory, by=by):
            return replace(after, status="open", territory=territory, by=by)
        case UnitCalled(unit=unit, due=due):
            awaited = {**whistle.awaited, unit: due} if due else whistle.awaited
            return replace(after, called=whistle.called | {unit}, awaited=awaited)
        case UnitReported(unit=unit, at=at):
            here = {**whistle.here, unit: at}
            return replace(after, here=here, awaited=_without(whistle.awaited, unit))
        case UnitOverdue(unit=unit):
            return replace(after, awaited=_without(whistle.awaited, unit))
        case UnitResultGiven(unit=unit):
            return replace(after, done=whistle.done | {unit})
        case TurnoutConfirmed():
            return after
        case WhistleEnded():
            return replace(after, status="ended", awaited={})
        case _ as never:
            assert_never(never)


def _without(awaited: Mapping[str, datetime], unit: str) -> dict[str, datetime]:
    return {one: due for one, due in awaited.items() if one != unit}
