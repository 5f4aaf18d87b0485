"""What the volunteer service does because of others' contracts, and of its own events. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.volunteer.account.commands import LogHours
from services.volunteer.account.decider import account
from services.volunteer.account.record_events import HoursReversed
from services.volunteer.account.stream import account_of
from services.volunteer.activity.events import ActivityHeld
from services.volunteer.activity.plan import Attendance
from services.volunteer.duty.events import DutyShiftServed
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.series.commands import NoteOccurrence
from services.volunteer.series.decider import series
from services.volunteer.stars.commands import ReviewStar
from services.volunteer.stars.decider import stars
from services.volunteer.stars.stream import stars_of
from shared.contracts.erasure import SubjectErased, erase_here, policy_actor
from shared.contracts.territory import TerritoryContract
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.policy import Policy, Reaction

when_a_person_is_erased_in_territory_then_erase_here: Policy[TerritoryContract] = Policy(
    name="when_a_person_is_erased_in_territory_then_erase_here",
    starts="beginning",
    react=erase_here,
    of=SubjectErased,
)


def _log_hours(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """A record for each who took part, held to the figures of the rules under which the activity
    was held: those stand in the event, so that a repeat asks the same."""
    held = recorded.event
    if not isinstance(held, ActivityHeld):
        return []
    return [_of_attendance(recorded, held, one) for one in held.attendances]


def _of_attendance(recorded: Recorded[Any], held: ActivityHeld, one: Attendance) -> Reaction:
    limits = held.limits.model_dump()
    command = LogHours(
        at=recorded.occurred_at,
        actor=policy_actor(recorded.territory),
        late_reason=held.late_reason,
        person=one.person,
        home=held.territory,
        day=day_of(one.since),
        minutes=one.minutes,
        territory=held.territory,
        service=held.service,
        evidence=one.evidence,
        rules=BOOK.model_copy(update=limits),
        recorder=held.recorder,
        since=one.since,
        until=one.until,
        proof=one.proof,
        spot=held.when.spot,
        activity=held.activity,
        team=held.team,
    )
    return Reaction(account, account_of(one.person), command)


when_an_activity_is_held_then_log_its_hours: Policy[Any] = Policy(
    name="when_an_activity_is_held_then_log_its_hours",
    starts="beginning",
    react=_log_hours,
    of=ActivityHeld,
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


def _logged(recorded: Recorded[Any]) -> Sequence[Reaction]:
    event: DutyShiftServed = recorded.event
    own = recorded.actor == str(event.holder)
    command = LogHours(
        at=recorded.occurred_at,
        actor=policy_actor(recorded.territory),
        late_reason=event.late_reason,
        person=event.holder,
        home=event.territory,
        day=event.day,
        minutes=event.minutes,
        territory=event.territory,
        service="safety" if event.role == "patrol" else "governance",
        evidence="own_word" if own else "recorder",
        rules=BOOK,  # until the service puts those of the place in its stead
        recorder=recorded.actor,
        since=event.since,
        until=event.until,
    )
    return [Reaction(account, account_of(event.holder), command)]


when_a_duty_shift_is_served_then_log_its_hours: Policy[Any] = Policy(
    name="when_a_duty_shift_is_served_then_log_its_hours",
    starts="beginning",
    react=_logged,
    of=DutyShiftServed,
)


def _note_occurrence(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """That it happened, on the promise that it belongs to: nobody says it a second time."""
    held = recorded.event
    if not isinstance(held, ActivityHeld) or held.series is None:
        return []
    command = NoteOccurrence(
        at=recorded.occurred_at,
        actor=policy_actor(recorded.territory),
        late_reason=held.late_reason,
        day=held.day,
        people=held.came,
        activity=held.activity,
        asked_on=day_of(recorded.recorded_at),
    )
    return [Reaction(series, held.series, command)]


when_an_activity_of_a_series_is_held_then_note_its_occurrence: Policy[Any] = Policy(
    name="when_an_activity_of_a_series_is_held_then_note_its_occurrence",
    starts="beginning",
    react=_note_occurrence,
    of=ActivityHeld,
)
