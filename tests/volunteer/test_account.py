"""An account: hours and the time they bring."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.volunteer.account.commands import ApproveHours, LogHours, ReverseHours
from services.volunteer.account.decider import account
from services.volunteer.account.state import Account
from services.volunteer.account.time_commands import DonateTime
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.messages import Actor, Forbidden, Rejected

ANN = UUID(int=1)
AT = datetime(2026, 5, 1, 10, tzinfo=UTC)
LEADER = Actor(id="leader", roles=frozenset({"team_leader"}), territory="D")
APPROVER = Actor(id="approver", roles=frozenset({"hours_approver"}), territory="D")
COURT = BOOK.model_copy(update={"cap": 200, "opens": 60})


def logged(begins: int = 1, minutes: int = 60) -> LogHours:
    since = datetime(2026, 5, 1, begins, tzinfo=UTC)
    return LogHours(
        at=AT,
        actor=LEADER,
        person=ANN,
        home="D",
        day="2026-05-01",
        minutes=minutes,
        territory="D",
        service="meals",
        evidence="recorder",
        rules=COURT,
        since=since,
        until=since + timedelta(minutes=minutes),
    )


def after(*commands: object) -> Account:
    state = Account()
    for command in commands:
        for event in account.decide(command, state):  # type: ignore[arg-type]
            state = account.evolve(state, event)
    return state


def test_approved_hours_are_saved_up_to_the_cap_and_the_excess_is_honoured() -> None:
    approve = [ApproveHours(at=AT, actor=APPROVER, record=n, rules=COURT) for n in (2, 3)]
    state = after(logged(1, 150), logged(4, 100), *approve)
    assert (state.served, state.balance) == (250, 200)


def test_minutes_spent_already_are_owed_when_their_hours_are_reversed() -> None:
    approve = ApproveHours(at=AT, actor=APPROVER, record=2, rules=COURT)
    donate = DonateTime(at=AT, actor=LEADER, pool="D", minutes=100)
    reverse = ReverseHours(at=AT, actor=APPROVER, record=2, reason="mistake")
    state = after(logged(1, 150), approve, donate, reverse)
    assert (state.served, state.balance, state.debt) == (0, 0, 100)
    state = after(
        logged(1, 150), approve, donate, reverse, logged(1, 120),
        ApproveHours(at=AT, actor=APPROVER, record=8, rules=COURT),
    )  # fmt: skip
    assert (state.served, state.balance, state.debt) == (120, 20, 0)


def test_overlapping_shifts_are_refused() -> None:
    with pytest.raises(Rejected, match="overlapping_shifts"):
        after(logged(1, 90), logged(2))


def test_who_recorded_hours_does_not_approve_them() -> None:
    approve = ApproveHours(at=AT, actor=LEADER, record=2, rules=COURT)
    with pytest.raises(Forbidden, match="approval_by_recorder"):
        after(logged(), approve)
