"""What the points service does because of others' contracts, and of its own events. Pure: which
rules are in force, and where somebody is at home, is filled in when it is asked (`informing`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.points.account.commands import CreditDeed, ReverseDeed
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.honour.events import HonourGranted, HonourWithdrawn
from services.points.words import Deed
from shared.contracts.erasure import SubjectErased, erase_here, policy_actor
from shared.contracts.grievance import CallbackRecorded, ClueVerified
from shared.contracts.territory import TerritoryContract
from shared.contracts.volunteer import HoursApproved, HoursReversed
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.policy import Policy, Reaction

# The deed, how many times or minutes of it, and on which day.
Done = tuple[Deed, int, str]

when_a_person_is_erased_in_territory_then_erase_here: Policy[TerritoryContract] = Policy(
    name="when_a_person_is_erased_in_territory_then_erase_here",
    starts="beginning",
    react=erase_here,
    of=SubjectErased,
)


def of_hours(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """Approved hours bring points; reversed ones take back what they brought. One policy for both,
    so that they are asked in the order in which they happened."""
    event = recorded.event
    if isinstance(event, HoursReversed):
        return [_undone(recorded, event)]
    if not isinstance(event, HoursApproved):
        return []
    source = _of_record(recorded.stream_id, event.record)
    done: Done = ("hours_approved", event.minutes, event.day)
    return [_credit(recorded, (event.person, source), done, event.territory)]


def of_clue(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """A clue that holds brings points to who gave it; one that does not, after all, takes them
    back."""
    event = recorded.event
    if not isinstance(event, ClueVerified) or event.petitioner is None:
        return []
    source = f"clue:{recorded.stream_id}"
    if not event.holds:
        stream = account_of("person", event.petitioner)
        return [Reaction(account, stream, _reverse(recorded, source))]
    done: Done = ("clue_verified", 1, day_of(recorded.recorded_at))
    return [_credit(recorded, (event.petitioner, source), done, recorded.territory)]


def of_callback(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """Who answered a callback gets points, whatever they said."""
    event = recorded.event
    if not isinstance(event, CallbackRecorded) or event.petitioner is None or not event.contacted:
        return []
    source = f"callback:{recorded.stream_id}:{recorded.version}"
    done: Done = ("callback_answered", 1, day_of(recorded.recorded_at))
    return [_credit(recorded, (event.petitioner, source), done, recorded.territory)]


when_hours_are_approved_or_reversed_then_credit_or_take_back: Policy[Any] = Policy(
    name="when_hours_are_approved_or_reversed_then_credit_or_take_back",
    starts="now",
    react=of_hours,
    of=HoursApproved | HoursReversed,
)
when_a_clue_is_verified_then_credit: Policy[Any] = Policy(
    name="when_a_clue_is_verified_then_credit",
    starts="now",
    react=of_clue,
    of=ClueVerified,
)
when_a_callback_is_answered_then_credit: Policy[Any] = Policy(
    name="when_a_callback_is_answered_then_credit",
    starts="now",
    react=of_callback,
    of=CallbackRecorded,
)


def of_honour(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """A granted honour brings points to the person who holds it, or who stands for the household;
    one that is withdrawn takes back what it brought. One policy for both, so that they are asked in
    the order in which they happened."""
    event = recorded.event
    if not isinstance(event, HonourGranted | HonourWithdrawn) or event.person is None:
        return []
    if isinstance(event, HonourWithdrawn):
        source = _of_honour(recorded.stream_id, event.granted)
        stream = account_of("person", event.person)
        return [Reaction(account, stream, _reverse(recorded, source))]
    source = _of_honour(recorded.stream_id, recorded.version)
    done: Done = ("honour_granted", 1, day_of(recorded.recorded_at))
    return [_credit(recorded, (event.person, source), done, event.territory)]


when_an_honour_is_granted_or_withdrawn_then_credit_or_take_back: Policy[Any] = Policy(
    name="when_an_honour_is_granted_or_withdrawn_then_credit_or_take_back",
    starts="beginning",
    react=of_honour,
    of=HonourGranted | HonourWithdrawn,
)


def _credit(recorded: Recorded[Any], who: tuple[UUID, str], done: Done, territory: str) -> Reaction:
    (person, source), (deed, quantity, day) = who, done
    command = CreditDeed(
        at=recorded.recorded_at,
        actor=policy_actor(recorded.territory),
        asked_on=day_of(recorded.recorded_at),
        deed=deed,
        person=person,
        home=territory,
        quantity=quantity,
        day=day,
        territory=territory,
        source=source,
    )
    return Reaction(account, account_of("person", person), command)


def _undone(recorded: Recorded[Any], event: HoursReversed) -> Reaction:
    source = _of_record(recorded.stream_id, event.record)
    return Reaction(account, account_of("person", event.person), _reverse(recorded, source))


def _reverse(recorded: Recorded[Any], source: str) -> ReverseDeed:
    return ReverseDeed(
        at=recorded.recorded_at,
        actor=policy_actor(recorded.territory),
        asked_on=day_of(recorded.recorded_at),
        source=source,
    )


def _of_record(stream: UUID, record: int) -> str:
    return f"hours:{stream}:{record}"


def _of_honour(stream: UUID, granted: int) -> str:
    return f"honour:{stream}:{granted}"
