"""The channel mix: how petitions came in, month by month, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.case.events import (
    CaseClosed,
    CaseCorrected,
    CaseEvent,
    CaseReopened,
    PetitionRaised,
)
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace


@dataclass(frozen=True)
class ChannelRow:
    """One case. `month` is that of its filing in Beijing time; `outcome` is None unless it is
    closed, which event `closed_version` did."""

    case_id: UUID
    channel: str
    territory: str
    month: str
    outcome: str | None
    closed_version: int


def fold(row: ChannelRow | None, recorded: Recorded[CaseEvent]) -> ChannelRow | None:
    """The case after the event; most events say nothing here."""
    event = recorded.event
    if isinstance(event, PetitionRaised):
        month = month_of(recorded.occurred_at)
        return ChannelRow(recorded.stream_id, event.channel, event.territory, month, None, 0)
    if row is None:
        return None
    if isinstance(event, CaseClosed):
        return replace(row, outcome=event.outcome, closed_version=recorded.version)
    if isinstance(event, CaseReopened):
        return replace(row, outcome=None, closed_version=0)
    if isinstance(event, CaseCorrected):
        return _corrected(row, event)
    return row


def _corrected(row: ChannelRow, event: CaseCorrected) -> ChannelRow:
    changes = event.changes
    if event.corrects == 1:
        moment = changes.get("occurred_at")
        return replace(
            row,
            channel=str(changes.get("channel", row.channel)),
            territory=str(changes.get("territory", row.territory)),
            month=month_of(datetime.fromisoformat(str(moment))) if moment else row.month,
        )
    if event.corrects == row.closed_version and "outcome" in changes:
        return replace(row, outcome=str(changes["outcome"]))
    return row


channel_mix: ReadModel[ChannelRow, CaseEvent] = ReadModel(
    name="channel_mix",
    row=ChannelRow,
    fold=fold,
    of=CaseEvent,
    tally=Tally(
        name="channel_count",
        keys=("channel", "territory", "month", "outcome"),
        measures=("petitions",),
        count=lambda row: {
            (row.channel, row.territory, row.month, row.outcome or ""): {"petitions": 1}
        },
    ),
)
