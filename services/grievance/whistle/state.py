"""A whistle as its rules see it: no more than a decision asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.grievance.whistle.events import UnitOverdue, WhistleEvent

WhistleStatus = Literal["new", "open", "ended"]


@dataclass(frozen=True)
class Whistle:
    """`by` is who blew it. `called` are the units that were called, `here` those that came, by when
    they did, called or not; `awaited` those that have not come and are not overdue yet, by when
    they are; `done` those that have said what they did."""

    status: WhistleStatus = "new"
    territory: str = ""
    by: str = ""
    called: frozenset[str] = frozenset()
    here: Mapping[str, datetime] = field(default_factory=dict)
    awaited: Mapping[str, datetime] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    past: tuple[WhistleEvent, ...] = ()

    @property
    def units(self) -> frozenset[str]:
        """Everyone who was called, or came."""
        return self.called | self.here.keys()

    @property
    def last_at(self) -> datetime | None:
        """When the latest thing happened that somebody did."""
        done = [event.at for event in self.past if not isinstance(event, UnitOverdue)]
        return max(done, default=None)
