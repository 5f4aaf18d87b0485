"""What two people have to do with a star: who asks for it, and who awards it."""

from __future__ import annotations

from services.volunteer.stars.commands import (
    AnswerObjection,
    AwardStar,
    ClearStar,
    NoticeStar,
    StarsCommand,
)
from services.volunteer.stars.state import Stars
from shared.core.access import Separation
from shared.core.messages import Forbidden

JUDGING = AwardStar | AnswerObjection | ClearStar | NoticeStar


def star_judged_by_volunteer(command: StarsCommand, stars: Stars) -> None:
    """Nobody judges stars of their own. Raises Forbidden."""
    if isinstance(command, JUDGING) and command.actor.id == stars.owner:
        detail = "these are your own stars: another person judges them"
        raise Forbidden("star_judged_by_volunteer", detail)


def star_awarded_by_applicant(command: StarsCommand, stars: Stars) -> None:
    """Who applied for a star for somebody does not award it. Raises Forbidden."""
    application = stars.application
    if not isinstance(command, AwardStar) or application is None:
        return
    if application.told.applicant == command.actor.id:
        detail = "you applied for this star: another person has to award it"
        raise Forbidden("star_awarded_by_applicant", detail)


SEPARATIONS = (
    Separation(("apply_star",), "award_star", "person", star_judged_by_volunteer, of="own stars"),
    Separation(("apply_star",), "notice_star", "person", star_judged_by_volunteer, of="own stars"),
    Separation(
        ("apply_star",), "answer_objection", "person", star_judged_by_volunteer, of="own stars"
    ),
    Separation(("apply_star",), "clear_star", "person", star_judged_by_volunteer, of="own stars"),
    Separation(("apply_star",), "award_star", "person", star_awarded_by_applicant),
)
