"""An account as it is decided on: the records that stand, what is saved, held and owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.volunteer.account.record_events import HoursLogged
from services.volunteer.words import AccountStatus, RecordStatus


@dataclass(frozen=True)
class Record:
    """One service record; `saved` of its minutes are in the bank, the rest went past the cap.
    `decided` is the number of the event that decided on it last, among those of the account; 0
    while it waits."""

    told: HoursLogged
    status: RecordStatus = "logged"
    saved: int = 0
    decided: int = 0


@dataclass(frozen=True)
class Account:
    """All in minutes. `balance` is free to spend, `held` is put aside by request for help, `debt`
    is owed; `served` is what was approved and stands. `version` counts the events."""

    status: AccountStatus = "new"
    version: int = 0
    person: UUID | None = None
    territory: str = ""
    records: Mapping[int, Record] = field(default_factory=dict)
    balance: int = 0
    held: Mapping[UUID, int] = field(default_factory=dict)
    debt: int = 0
    served: int = 0
    barred_until: datetime | None = None
    serials: frozenset[str] = frozenset()

    @property
    def owner(self) -> str | None:
        """Whose own this is: people are known to the token issuer by their ids here."""
        return str(self.person) if self.person else None

    @property
    def saved(self) -> int:
        """What counts against the cap: free and held together."""
        return self.balance + sum(self.held.values())

    def standing(self) -> list[tuple[int, Record]]:
        """The records that claim time: neither rejected nor reversed."""
        return [
            (number, record)
            for number, record in self.records.items()
            if record.status in {"logged", "approved"}
        ]
