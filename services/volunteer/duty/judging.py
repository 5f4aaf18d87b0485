"""What a holder is judged by: two tracks, scored by others; and what they promised."""

from __future__ import annotations

from services.volunteer.duty.commands import DutyCommand, KeepPledge, PublishAssessment, ScoreTrack
from services.volunteer.duty.events import (
    AssessmentPublished,
    AssessmentTrackScored,
    DutyEvent,
    DutyPledgeKept,
)
from services.volunteer.duty.state import Duty
from shared.core.access import Separation
from shared.core.messages import Forbidden, Rejected


def score_by_holder(command: DutyCommand, duty: Duty) -> None:
    """Nobody judges themselves. Raises Forbidden."""
    judges = isinstance(command, ScoreTrack | PublishAssessment)
    if judges and command.actor.id == duty.owner:
        raise Forbidden("score_by_holder", "this is your own post: another person judges it")


SEPARATIONS = (
    Separation(("assign_duty",), "score_track", "person", score_by_holder, of="own post"),
)


def scored(command: ScoreTrack, duty: Duty) -> list[DutyEvent]:
    """A score. Raises Rejected once the period was published, or out of 0 to 100."""
    if command.period in duty.published:
        raise Rejected("assessment_published", "what is published is not scored again", "period")
    if not 0 <= command.score <= 100:
        raise Rejected("score_out_of_range", "a score is from 0 to 100", "score")
    return [
        AssessmentTrackScored(
            at=command.at,
            track=command.track,
            period=command.period,
            score=command.score,
            scorer=command.actor.id,
        )
    ]


def published(command: PublishAssessment, duty: Duty) -> list[DutyEvent]:
    """Both scores. Raises Rejected without one of them, or a second time."""
    period = command.period
    if period in duty.published:
        raise Rejected("assessment_published", "it has been published", "period")
    performance = duty.scores.get((period, "performance"))
    masses = duty.scores.get((period, "masses"))
    if performance is None or masses is None:
        raise Rejected("track_missing", "both tracks have to be scored first", "period")
    return [
        AssessmentPublished(at=command.at, period=period, performance=performance, masses=masses)
    ]


def kept(command: KeepPledge, duty: Duty) -> list[DutyEvent]:
    """That a pledge was kept. Raises Rejected where there is none, or it was kept."""
    if command.pledge not in duty.pledges:
        raise Rejected("no_such_pledge", f"this post has no pledge {command.pledge}", "pledge")
    if duty.pledges[command.pledge]:
        raise Rejected("pledge_kept", "it is on record that it was kept", "pledge")
    return [DutyPledgeKept(at=command.at, pledge=command.pledge)]
