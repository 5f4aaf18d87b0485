"""What becomes of a star that is held: taken over, in doubt, cleared, revoked."""

from __future__ import annotations

from services.volunteer.account.state import Account
from services.volunteer.stars.commands import ClearStar, RecordStar, ReviewStar, RevokeStar
from services.volunteer.stars.events import (
    StarCleared,
    StarInDoubt,
    StarRecorded,
    StarRevoked,
    StarsEvent,
)
from services.volunteer.stars.rules import counted
from services.volunteer.stars.state import Award, Doubt, Stars
from shared.core.local_time import day_of
from shared.core.messages import Rejected

HIGHEST = 12


def recorded(command: RecordStar, stars: Stars) -> list[StarRecorded]:
    """The award as it stands: no ladder of ours judges it. Raises Rejected."""
    if not 0 < command.star <= HIGHEST:
        raise Rejected("no_such_star", f"a star is one of 1 to {HIGHEST}", "star")
    if command.star <= stars.held:
        raise Rejected("star_is_held", f"they hold {stars.held} stars", "star")
    if command.day > day_of(command.at):
        raise Rejected("occurs_in_the_future", f"{command.day} has not been yet", "day")
    return [
        StarRecorded(
            at=command.at,
            person=command.person,
            territory=command.territory,
            star=command.star,
            level=command.level,
            day=command.day,
            source=command.source,
            needs=command.needs,
            certificate=command.certificate,
        )
    ]


def reviewed(command: ReviewStar, stars: Stars) -> list[StarInDoubt]:
    """The doubt, where this reversal took the hours below what the star was awarded for. A star
    that never rested on hours kept here is not doubted for want of them."""
    award = stars.awards[-1] if stars.awards else None
    if award is None or award.needs is None or stars.doubt is not None:
        return []
    if award.year is None:
        crossed = command.total < award.needs <= command.total + command.minutes
    else:
        # How much else of that year is left is not in the event: better looked at once too often.
        crossed = command.day[:4] == award.year
    if not crossed:
        return []
    left = command.total
    return [StarInDoubt(at=command.at, star=award.star, minutes=left, needs=award.needs)]


def cleared(command: ClearStar, stars: Stars, account: Account) -> list[StarCleared]:
    """The end of the doubt. Raises Rejected where there is none, or the hours are still too few."""
    if stars.doubt is None:
        raise Rejected("not_in_doubt", "their star is not in doubt")
    minutes = counted(account, stars.awards[-1].year)
    if minutes < stars.doubt.needs:
        detail = f"it takes {stars.doubt.needs} approved minutes; these are {minutes}"
        raise Rejected("hours_too_few", detail)
    return [StarCleared(at=command.at, star=stars.held, minutes=minutes)]


def revoked(command: RevokeStar, stars: Stars) -> list[StarsEvent]:
    """The end of the star; what is left may be in doubt itself. Raises Rejected."""
    if not stars.awards or stars.person is None:
        raise Rejected("no_star_held", "they hold no star")
    *before, award = stars.awards
    left = before[-1] if before else None
    events: list[StarsEvent] = [
        StarRevoked(
            at=command.at,
            person=stars.person,
            territory=stars.territory,
            star=award.star,
            left=left.star if left else 0,
            reason=command.reason,
            document=command.document,
            words=command.words,
        )
    ]
    if left and (doubt := _still_in_doubt(stars, award, left)):
        events.append(
            StarInDoubt(at=command.at, star=left.star, minutes=doubt.minutes, needs=doubt.needs)
        )
    return events


def _still_in_doubt(stars: Stars, award: Award, left: Award) -> Doubt | None:
    """The doubt about the star that is left, where what is left of the hours is too few for it."""
    doubt = stars.doubt
    if doubt is None or left.needs is None or award.year is not None or left.year is not None:
        return None
    return Doubt(doubt.minutes, left.needs) if doubt.minutes < left.needs else None
