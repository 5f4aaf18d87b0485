"""A case as its rules see it: no more than a decision asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import CaseCorrected, CaseEvent
from services.grievance.words import Status


@dataclass(frozen=True)
class Case:
    """`handlers` are the units that worked on it, as was known then; `reached` says that this
    round's callback got an answer; `past` are the events so far, those whose time was corrected
    with the true one."""

    status: Status = "new"
    territory: str = ""
    petitioner: UUID | None = None
    unit: str | None = None
    handlers: frozenset[str] = frozenset()
    reached: bool = False
    past: tuple[CaseEvent, ...] = ()

    @property
    def last_at(self) -> datetime | None:
        """When the latest event happened that was not a correction."""
        return next((e.at for e in reversed(self.past) if not isinstance(e, CaseCorrected)), None)

    def around(self, version: int) -> tuple[datetime | None, datetime | None]:
        """When the events before and after this one happened, corrections aside."""
        before, after = self.past[: version - 1], self.past[version:]
        earlier = [e.at for e in before if not isinstance(e, CaseCorrected)]
        later = [e.at for e in after if not isinstance(e, CaseCorrected)]
        return (earlier[-1] if earlier else None), (later[0] if later else None)
