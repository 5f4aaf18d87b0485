"""A case as its rules see it: no more than a decision asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.grievance.case.clocks import Promises, Running
from services.grievance.case.events import CaseCorrected, CaseEvent, DeadlineMissed
from services.grievance.words import OVER, Asked, CaseType, Status, Urgency

# What is recorded of another time than its own place in the stream.
ASIDE = (CaseCorrected, DeadlineMissed)


@dataclass(frozen=True)
class Case:
    """`registered` says that the petitioner is a person of the register under this id.

    `handlers` are the units that worked on it, as was known then; `units` those that have had
    its order in this round, `bounced` those of them that sent it back, so many `bounces` in all;
    `bound` says that the unit may not. `assists` are the units that help. `reached` says that this
    round's callback got an answer. `redos` say how often it was taken up again.

    An extension of `days` and an exclusion stand as they do, asked for by those. `promises` are the
    latest of each clock and window, `running` the clocks that have not run out. `past` are the
    events so far, those whose time was corrected with the true one.
    """

    status: Status = "new"
    territory: str = ""
    petitioner: UUID | None = None
    registered: bool = False
    unit: str | None = None
    handlers: frozenset[str] = frozenset()
    reached: bool = False
    past: tuple[CaseEvent, ...] = ()
    case_type: CaseType = "petition"
    urgency: Urgency = "normal"
    units: frozenset[str] = frozenset()
    bounced: frozenset[str] = frozenset()
    bounces: int = 0
    bound: bool = False
    assists: frozenset[str] = frozenset()
    redos: int = 0
    level: int = 0
    supervised: bool = False
    extension: Asked = "no"
    extension_by: str = ""
    days: int = 0
    exclusion: Asked = "no"
    exclusion_by: str = ""
    verified: bool | None = None
    promises: Promises = field(default_factory=dict)
    running: Running = field(default_factory=dict)

    @property
    def last_at(self) -> datetime | None:
        """When the latest event happened, corrections and misses aside."""
        return next((e.at for e in reversed(self.past) if not isinstance(e, ASIDE)), None)

    @property
    def credited(self) -> dict[str, Any]:
        """Who raised it and where, as an event names them for others to credit; nothing of whom the
        register does not know."""
        if self.petitioner is None or not self.registered:
            return {}
        return {"petitioner": self.petitioner, "territory": self.territory}

    def around(self, version: int) -> tuple[datetime | None, datetime | None]:
        """When the events before and after this one happened, corrections and misses aside."""
        before, after = self.past[: version - 1], self.past[version:]
        earlier = [e.at for e in before if not isinstance(e, ASIDE)]
        later = [e.at for e in after if not isinstance(e, ASIDE)]
        return (earlier[-1] if earlier else None), (later[0] if later else None)

    @property
    def is_over(self) -> bool:
        """Whether no round is open."""
        return self.status in OVER
