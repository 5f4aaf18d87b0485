"""A case as its rules see it: no more than a decision asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.grievance.words import Status

CORRECTION = "case-corrected"


class Happened(NamedTuple):
    """An event of the case: its type, and when it happened by all that is known."""

    type: str
    at: datetime


Past = tuple[Happened, ...]


@dataclass(frozen=True)
class Case:
    """`reached` says that this round's callback got an answer; `past` are the events so far."""

    status: Status = "new"
    territory: str = ""
    petitioner: UUID | None = None
    unit: str | None = None
    reached: bool = False
    past: Past = ()

    @property
    def last_at(self) -> datetime | None:
        """When the latest event happened that was not a correction."""
        return next((one.at for one in reversed(self.past) if one.type != CORRECTION), None)

    def around(self, version: int) -> tuple[datetime | None, datetime | None]:
        """When the events before and after this one happened, corrections aside."""
        before = [one.at for one in self.past[: version - 1] if one.type != CORRECTION]
        after = [one.at for one in self.past[version:] if one.type != CORRECTION]
        return (before[-1] if before else None), (after[0] if after else None)
