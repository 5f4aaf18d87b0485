"""Campaigns: where and when, how many cases each dealt with, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.grievance.campaign.events import (
    CampaignCaseLinked,
    CampaignClosed,
    CampaignEvent,
    CampaignOpened,
    CampaignResultRecorded,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace


@dataclass(frozen=True)
class CampaignRow:
    """One campaign. `number` is its position in the log. `rubbish_kg` and `people` are the sums of
    its results; `words` those of the latest that has any, sealed for `person`."""

    campaign_id: UUID
    number: int
    version: int
    name: str
    territory: str
    day: str
    cases: int
    results: int
    rubbish_kg: int
    people: int
    words: str | None
    person: UUID | None
    opened_at: datetime
    closed_at: datetime | None


def fold(row: CampaignRow | None, recorded: Recorded[CampaignEvent]) -> CampaignRow | None:
    """The campaign after the event."""
    event = recorded.event
    if isinstance(event, CampaignOpened):
        return _opened(recorded, event)
    if row is None:
        return None
    row = replace(row, version=recorded.version)
    if isinstance(event, CampaignCaseLinked):
        return replace(row, cases=row.cases + 1)
    if isinstance(event, CampaignClosed):
        return replace(row, closed_at=recorded.occurred_at)
    return _result(row, event)


def _opened(recorded: Recorded[CampaignEvent], event: CampaignOpened) -> CampaignRow:
    return CampaignRow(
        campaign_id=recorded.stream_id,
        number=recorded.position,
        version=recorded.version,
        name=event.name,
        territory=event.territory,
        day=event.day,
        cases=0,
        results=0,
        rubbish_kg=0,
        people=0,
        words=None,
        person=None,
        opened_at=recorded.occurred_at,
        closed_at=None,
    )


def _result(row: CampaignRow, event: CampaignResultRecorded) -> CampaignRow:
    if event.words is not None:
        row = replace(row, words=event.words.box, person=event.words.subject)
    return replace(
        row,
        results=row.results + 1,
        rubbish_kg=row.rubbish_kg + event.rubbish_kg,
        people=row.people + event.people,
    )


campaign_results: ReadModel[CampaignRow, CampaignEvent] = ReadModel(
    name="campaign_results",
    row=CampaignRow,
    fold=fold,
    of=CampaignEvent,
    indexes=("(number)", "(person)"),
    tally=Tally(
        name="campaign_count",
        keys=("territory",),
        measures=("campaigns", "cases", "rubbish_kg", "people"),
        count=lambda row: {
            (row.territory,): {
                "campaigns": 1,
                "cases": row.cases,
                "rubbish_kg": row.rubbish_kg,
                "people": row.people,
            }
        },
    ),
)
