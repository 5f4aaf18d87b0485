"""How the holders of duty posts are judged: two tracks a period, and whether both are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.duty.events import AssessmentPublished, AssessmentTrackScored
from shared.core.derived import derived
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = AssessmentTrackScored | AssessmentPublished


@dataclass(frozen=True)
class AssessmentRow:
    """One period of one post; a track without a score has None."""

    assessment_id: UUID
    duty_id: UUID
    period: str
    performance: int | None
    masses: int | None
    performance_by: str | None
    masses_by: str | None
    published_at: datetime | None


def key(recorded: Recorded[Told]) -> UUID:
    """The period of the post that an event speaks of."""
    return derived("assessment", str(recorded.stream_id), recorded.event.period)


def fold(row: AssessmentRow | None, recorded: Recorded[Told]) -> AssessmentRow:
    """The period after the event."""
    event = recorded.event
    row = row or AssessmentRow(
        key(recorded), recorded.stream_id, event.period, None, None, None, None, None
    )
    match event:
        case AssessmentTrackScored(track="performance", score=score, scorer=scorer):
            return replace(row, performance=score, performance_by=scorer)
        case AssessmentTrackScored(score=score, scorer=scorer):
            return replace(row, masses=score, masses_by=scorer)
        case AssessmentPublished():
            return replace(row, published_at=recorded.occurred_at)


cadre_assessment: ReadModel[AssessmentRow, Told] = ReadModel(
    name="cadre_assessment",
    row=AssessmentRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=("(duty_id, period)",),
)
