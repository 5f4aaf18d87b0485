"""A request for help as it is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.volunteer.help.events import (
    HelpAccepted,
    HelpConfirmed,
    HelpDeclined,
    HelpDisputed,
    HelpDone,
    HelpDropped,
    HelpEvent,
    HelpLapsed,
    HelpMatched,
    HelpRequested,
    HelpWithdrawn,
)
from services.volunteer.words import HelpStatus
from shared.core.state import replace


@dataclass(frozen=True)
class Help:
    """A request; `volunteer` is who was asked or has accepted, `done` what they say they did."""

    status: HelpStatus = "new"
    asked: HelpRequested | None = None
    volunteer: UUID | None = None
    accepted_at: datetime | None = None
    done: HelpDone | None = None

    @property
    def request(self) -> HelpRequested:
        """What was asked for; there is one once it is not new any more."""
        assert self.asked is not None
        return self.asked

    @property
    def territory(self) -> str:
        """Where it is; empty before."""
        return self.asked.territory if self.asked else ""


def evolve(help_: Help, event: HelpEvent) -> Help:  # noqa: C901, PLR0911 - one arm an event
    """The request after the event."""
    match event:
        case HelpRequested():
            return replace(help_, status="open", asked=event)
        case HelpMatched(volunteer=volunteer):
            return replace(help_, status="matched", volunteer=volunteer)
        case HelpAccepted(at=at):
            return replace(help_, status="accepted", accepted_at=at)
        case HelpDeclined():
            return replace(help_, status="open", volunteer=None, accepted_at=None)
        case HelpDone():
            return replace(help_, status="done", done=event)
        case HelpDisputed():
            return replace(help_, status="disputed")
        case HelpConfirmed():
            return replace(help_, status="confirmed")
        case HelpWithdrawn() | HelpDropped():
            return replace(help_, status="withdrawn")
        case HelpLapsed():
            return replace(help_, status="lapsed")
        case _:
            assert_never(event)
