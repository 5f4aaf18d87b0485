"""What the case service tells: contracts on the wire, as the dashboard gets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from shared.contracts.grievance import (
    GRIEVANCE,
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    CaseShelved,
    ClueVerified,
    DeadlineMissed,
    ExclusionGranted,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    RedoOrdered,
    ReplySubmitted,
    ShelvedCaseReviewed,
)
from shared.contracts.sent import Sent
from shared.core.chain import Stretch
from shared.core.messages import Event
from shared.runtime.following import arriving
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import Piece
from shared.runtime.projections.applying import Entry

PARTITIONS = 3
# 00:30 on 1 May in Beijing, still April in UTC.
MAY_1 = datetime(2026, 4, 30, 16, 30, tzinfo=UTC)
PERSON = UUID(int=7)

accepted = CaseAccepted(at=MAY_1)
declined = CaseDeclined(at=MAY_1, reason="outside_remit")
dispatched = CaseDispatched(at=MAY_1, unit="lamps")
signed = OrderSigned(at=MAY_1)
replied = ReplySubmitted(at=MAY_1)
called = CallbackRecorded(at=MAY_1, contacted=False)
closed = CaseClosed(at=MAY_1, outcome="solved")
reopened = CaseReopened(at=MAY_1)
bounced = OrderBounced(at=MAY_1, unit="lamps", reason="not_our_remit")
redone = RedoOrdered(at=MAY_1)
shelved = CaseShelved(at=MAY_1, review_on="2026-09-01")
kept = ShelvedCaseReviewed(at=MAY_1, resumed=False)
resumed = ShelvedCaseReviewed(at=MAY_1, resumed=True)
# What a case goes through beside the straight way, and what only others count.
DETOURS = (bounced, redone, shelved, resumed)
ASIDE = (
    kept, ExclusionGranted(at=MAY_1), ClueVerified(at=MAY_1, holds=True),
    DeadlineMissed(at=MAY_1, clock="sign", unit="lamps"),
)  # fmt: skip
LIFE = (accepted, dispatched, signed, replied, called, closed, reopened)


def raised(territory: str = "d/s1/c1", days: int = 0, **about: Any) -> PetitionRaised:
    """A petition filed so many days after 1 May."""
    told = {"petitioner": PERSON, "area": "unknown", "channel": "online", "case_type": "repair"}
    return PetitionRaised(at=MAY_1 + timedelta(days=days), territory=territory, **{**told, **about})


def corrected(corrects: int, **changes: Any) -> CaseCorrected:
    """Event `corrects` was recorded wrongly."""
    return CaseCorrected(at=MAY_1, corrects=corrects, changes=changes, reason="entry_error")


def case_id(number: int) -> UUID:
    """The id of this case; neighbours are in different partitions."""
    return UUID(int=number)


class Log:
    """A log of the case service as far as others see it, written one event after the other, each
    recorded as many seconds after `recorded_at` as there are before it."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.recorded_at = MAY_1 + timedelta(days=100)
        self._versions: dict[UUID, int] = {}

    @property
    def head(self) -> int:
        """The last position."""
        return len(self.sent)

    def tell(self, number: int, *events: Event) -> Log:
        """These happen to case `number`."""
        for event in events:
            self.sent.append(self._sent(case_id(number), event))
        return self

    def since(self, after: int = 0, until: int | None = None) -> list[Stretch[Entry]]:
        """Everything past this position, partition by partition."""
        until = self.head if until is None else until
        return arriving.of_whole(GRIEVANCE, PARTITIONS, after, Piece(self.sent[after:until], until))

    async def reach(self, consumer: Consumer, after: int = 0) -> None:
        """Give the reader everything past this position."""
        await consumer.take(self.since(after))

    def _sent(self, stream_id: UUID, event: Event) -> Sent:
        version = self._versions[stream_id] = self._versions.get(stream_id, 0) + 1
        return Sent(
            position=self.head + 1,
            stream_id=stream_id,
            version=version,
            type=event.type,
            schema_version=event.schema_version,
            territory="d",
            actor="clerk-1",
            command_id=UUID(int=self.head),
            correlation_id=UUID(int=self.head),
            causation_id=None,
            origin="live",
            occurred_at=event.at,
            recorded_at=self.recorded_at + timedelta(seconds=self.head),
            payload=GRIEVANCE.events.encode(event),
        )


def later(days: float, *events: Event) -> list[Event]:
    """The same events so many days after 1 May."""
    return [event.model_copy(update={"at": MAY_1 + timedelta(days=days)}) for event in events]
