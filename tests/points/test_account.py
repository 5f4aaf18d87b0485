"""An account by hand: what comes in, is put aside, spent, ended and taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.points.account.commands import (
    EarnPoints,
    ExpirePoints,
    HoldPoints,
    RedeemPoints,
    ReleasePoints,
    ReversePoints,
)
from services.points.account.decider import account
from services.points.account.ending import settled
from services.points.account.state import Account
from services.points.rules.book_2026_1 import BOOK
from shared.contracts.erasure import policy_actor

ANN, RICE, HOLD = UUID(int=1), UUID(int=2), UUID(int=3)
AT = datetime(2026, 5, 1, tzinfo=UTC)
BY: dict[str, Any] = {"at": AT, "actor": policy_actor("d")}


def earn(day: str, times: int, reason: str = "mediation") -> EarnPoints:
    about: dict[str, Any] = {"holder": ANN, "home": "d", "territory": "d", "rules": BOOK}
    return EarnPoints(reason=reason, quantity=times, day=day, asked_on=day, **about, **BY)


def hold(day: str, points: int) -> HoldPoints:
    return HoldPoints(
        hold=HOLD, points=points, item=RICE, quantity=1, rules=BOOK, asked_on=day, **BY
    )


def after(*commands: Any) -> Account:
    state = account.initial
    for command in commands:
        for event in account.decide(command, state):
            state = account.evolve(state, event)
    return state


def test_points_are_spent_first_to_end_first_and_are_gone_at_midnight() -> None:
    state = after(earn("2026-12-30", 2), earn("2027-01-02", 1))
    assert settled(state, "2027-01-02", AT).free("2027-01-02") == 45, "all of them are carried over"
    later = settled(state, "2028-01-01", AT)
    assert later.free("2028-01-01") == 15, "what was carried over is not carried over again"


def test_what_is_put_aside_and_ends_meanwhile_ends_on_release() -> None:
    state = after(earn("2026-12-30", 2), hold("2026-12-31", 30))
    assert (state.free("2026-12-31"), state.held) == (0, 30)
    state = after(
        earn("2026-12-30", 2),
        hold("2026-12-31", 30),
        ReleasePoints(hold=HOLD, asked_on="2027-01-01", **BY),
    )
    assert (state.free("2027-01-01"), state.held, state.debt) == (0, 0, 0)


def test_what_is_spent_already_becomes_a_debt_that_the_next_points_pay() -> None:
    spent = (
        earn("2026-05-01", 2),
        hold("2026-05-01", 20),
        RedeemPoints(hold=HOLD, asked_on="2026-05-01", **BY),
    )
    state = after(*spent, ReversePoints(lot=2, reason="mistake", asked_on="2026-05-02", **BY))
    assert (state.free("2026-05-02"), state.debt) == (0, 20)
    state = after(
        *spent,
        ReversePoints(lot=2, reason="mistake", asked_on="2026-05-02", **BY),
        earn("2026-05-03", 2),
    )
    assert (state.free("2026-05-03"), state.debt) == (10, 0)


def test_a_sweep_writes_down_what_was_gone_already() -> None:
    state = after(earn("2026-12-30", 2), ExpirePoints(asked_on="2028-01-01", **BY))
    assert [lot.left for lot in state.lots.values()] == [0, 0]
    assert state.earned[2].gone == 30
