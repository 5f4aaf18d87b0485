"""Stars that are held: taken over as they stand, in doubt, cleared, revoked."""

from __future__ import annotations

import pytest

from services.volunteer.stars.commands import ClearStar
from services.volunteer.stars.decider import decide
from shared.core.messages import Rejected
from tests.volunteer.starring import (
    AT,
    CHIEF,
    MANY,
    account,
    after,
    apply,
    award,
    notice,
    record,
    refused,
    review,
    revoke,
)


def test_an_award_from_before_stands_whatever_the_ladder_says() -> None:
    assert after(account(0), record(3)).held == 3
    refused("star_is_held", record(3), record(3))
    refused("no_such_star", record(13))
    refused("occurs_in_the_future", record(3, day="2026-05-07"))


def test_a_reversal_below_the_rung_puts_the_star_in_doubt_and_takes_nothing() -> None:
    past = (apply(1), notice(), award())
    state = after(MANY, *past, review(60, 6_000))
    assert (state.held, state.doubt) == (1, None)
    state = after(MANY, *past, review(60, 5_990))
    assert state.held == 1
    assert state.doubt is not None
    assert (state.doubt.minutes, state.doubt.needs) == (5_990, 6_000)
    refused("star_in_doubt", apply(2), *past, review(60, 5_990))


def test_a_star_that_never_rested_on_hours_kept_here_is_not_doubted() -> None:
    assert after(MANY, record(3), review(60, 0)).doubt is None
    assert after(MANY, record(3, needs=36_000), review(60, 0)).doubt is None
    assert after(MANY, record(3, needs=36_000), review(60, 35_950)).doubt is not None


def test_a_doubt_ends_when_the_hours_are_there_again_or_the_star_goes() -> None:
    clear = ClearStar(at=AT, actor=CHIEF)
    past = (apply(1), notice(), award(), review(60, 5_990))
    state = after(MANY, *past)
    with pytest.raises(Rejected, match="hours_too_few"):
        decide(clear, state, account(5_999))
    assert after(MANY, *past, clear).doubt is None
    refused("not_in_doubt", clear, *past, clear)
    gone = after(MANY, *past, revoke())
    assert (gone.held, gone.doubt) == (0, None)
    refused("no_star_held", revoke())


def test_who_loses_a_star_holds_the_one_before_it_in_doubt_if_need_be() -> None:
    two = (apply(1), notice(), award(), apply(2), notice(), award())
    state = after(MANY, *two, review(18_000, 6_000), revoke())
    assert (state.held, state.doubt) == (1, None)
    state = after(MANY, *two, review(18_000, 5_000), revoke())
    assert state.held == 1
    assert state.doubt is not None
    assert state.doubt.needs == 6_000
