"""An honour after what has happened to it."""

from __future__ import annotations

from typing import assert_never

from services.points.honour.events import (
    HonourDeclined,
    HonourEvent,
    HonourGranted,
    HonourNominated,
    HonourObjected,
    HonourObjectionAnswered,
    HonourPublicised,
    HonourRecorded,
    HonourWithdrawn,
)
from services.points.honour.state import Honour, Objection
from shared.core.state import replace


def evolve(honour: Honour, event: HonourEvent) -> Honour:  # noqa: C901, PLR0911 - one arm an event
    """The honour after the event."""
    version = honour.version + 1
    match event:
        case HonourNominated():
            return Honour("nominated", version, event)
        case HonourPublicised(until=until):
            return replace(honour, version=version, status="noticed", until=until)
        case HonourObjected(objector=objector):
            objections = {**honour.objections, version: Objection(objector)}
            return replace(honour, version=version, objections=objections)
        case HonourObjectionAnswered():
            return replace(honour, version=version, objections=_answered(honour, event))
        case HonourGranted():
            return replace(honour, version=version, status="held", granted=version)
        case HonourDeclined():
            return replace(honour, version=version, status="declined")
        case HonourWithdrawn():
            return replace(honour, version=version, status="withdrawn")
        case HonourRecorded():
            return Honour("held", version, event)
        case _:
            assert_never(event)


def _answered(honour: Honour, event: HonourObjectionAnswered) -> dict[int, Objection]:
    found = honour.objections[event.objection]
    answered = replace(found, verdict="upheld" if event.upheld else "dismissed")
    return {**honour.objections, event.objection: answered}
