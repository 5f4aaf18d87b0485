"""What the volunteer service does because of others' contracts, and of its own events. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.volunteer.account.commands import LogHours
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.activity.events import ActivityHeld
from services.volunteer.activity.plan import Attendance
from services.volunteer.rules.book_2026_1 import BOOK
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
