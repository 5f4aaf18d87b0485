"""What the volunteer service does because of others' contracts, and of its own events. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.volunteer.account.commands import LogHours
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.duty.events import DutyShiftServed
from services.volunteer.rules.book_2026_1 import BOOK
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
        rules=BOOK,  # those of the place held the minutes to its limits when they were told
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
