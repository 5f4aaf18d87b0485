"""What the volunteer service does because of others' contracts, and of its own events. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from services.volunteer.account.record_events import HoursReversed
from services.volunteer.stars.commands import ReviewStar
from services.volunteer.stars.decider import stars
from services.volunteer.stars.stream import stars_of
from shared.contracts.erasure import SubjectErased, erase_here, policy_actor
from shared.contracts.territory import TerritoryContract
from shared.core.envelope import Recorded
from shared.core.policy import Policy, Reaction

when_a_person_is_erased_in_territory_then_erase_here: Policy[TerritoryContract] = Policy(
    name="when_a_person_is_erased_in_territory_then_erase_here",
    starts="beginning",
    react=erase_here,
    of=SubjectErased,
)


def review_star(recorded: Recorded[HoursReversed]) -> Sequence[Reaction]:
    """The star that the person holds is looked at: it may have rested on these hours."""
    event = recorded.event
    command = ReviewStar(
        at=recorded.recorded_at,
        actor=policy_actor(recorded.territory),
        minutes=event.minutes,
        total=event.total,
        day=event.day,
    )
    return [Reaction(stars, stars_of(event.person), command)]


when_hours_are_reversed_then_look_at_the_stars: Policy[HoursReversed] = Policy(
    name="when_hours_are_reversed_then_look_at_the_stars",
    starts="beginning",
    react=review_star,
    of=HoursReversed,
)
