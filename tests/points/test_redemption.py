"""A redemption over its three streams, by hand and at random: all of them say so, or none."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.points.account.stream import account_of
from services.points.log import LOG
from services.points.projections.redemptions import redemptions
from services.points.projections.shop_stock import shop_stock
from services.points.projections.stock_moves import stock_moves
from services.points.stock.events import Most
from shared.testkit.projections import Told, history
from tests.points import balanced
from tests.points.counters import Counters, item, person

HISTORIES, STEPS, PEOPLE = 300, 60, 3


def bought(most: Most | None = None) -> Counters:
    """Thirty points, three pieces for fifteen each, one of them put aside."""
    made = Counters(1, [15], most)
    assert made.earn(0, 2)
    assert made.receive(0, 3)
    assert made.request(0, 0, 1)
    return made


def test_what_is_put_aside_is_neither_on_the_shelf_nor_to_be_spent() -> None:
    made = bought()
    assert (made.stocks[0].shelf, made.accounts[0].held) == (2, 15)
    assert not made.request(0, 0, 2), "thirty points, fifteen of them put aside"
    assert made.request(0, 0, 1)
    assert (made.stocks[0].shelf, made.accounts[0].held) == (1, 30)


def test_the_last_piece_is_put_aside_once() -> None:
    made = Counters(2, [15])
    assert made.earn(0, 1)
    assert made.earn(1, 1)
    assert made.receive(0, 1)
    assert [made.request(0, 0, 1), made.request(1, 0, 1)] == [True, False]
    assert made.accounts[1].held == 0, "who got nothing has nothing put aside"


@pytest.mark.parametrize("step", ["fulfil", "cancel"])
def test_what_has_ended_does_not_end_again(step: str) -> None:
    made = bought()
    assert getattr(made, step)(0)
    made.pass_(100)
    assert not any([made.fulfil(0), made.cancel(0), made.lapse(0)])


def test_nobody_who_comes_in_time_finds_it_gone() -> None:
    made = bought()
    made.pass_(71)
    assert not made.lapse(0)
    made.pass_(1)
    assert made.lapse(0)
    assert (made.stocks[0].shelf, made.accounts[0].held) == (3, 0)
    assert not made.fulfil(0)


def test_what_waits_is_handed_over_late_while_nobody_has_put_it_back() -> None:
    made = bought()
    made.pass_(500)
    assert made.fulfil(0)


def test_pieces_come_back_one_by_one_and_no_more_than_were_given() -> None:
    made = Counters(1, [15])
    assert made.earn(0, 2)
    assert made.receive(0, 2)
    assert made.request(0, 0, 2)
    assert not made.bring_back(0, 1, usable=True), "nothing was handed over yet"
    assert made.fulfil(0)
    assert made.bring_back(0, 1, usable=True)
    assert not made.bring_back(0, 2, usable=True)
    assert made.bring_back(0, 1, usable=False)
    assert not made.bring_back(0, 1, usable=True)
    assert (made.stocks[0].shelf, made.stocks[0].off) == (1, 1)
    assert made.accounts[0].free("2026-05-01") == 30


def test_nothing_comes_back_after_the_days_of_the_rules() -> None:
    made = bought()
    assert made.fulfil(0)
    made.pass_(24 * 8)
    assert not made.bring_back(0, 1, usable=True)


def test_what_was_cancelled_or_came_back_leaves_room_under_the_limit() -> None:
    made = bought(Most(quantity=1, per="month"))
    assert not made.request(0, 0, 1)
    assert made.cancel(0)
    assert made.request(0, 0, 1)
    assert made.fulfil(1)
    assert not made.request(0, 0, 1)
    assert made.bring_back(1, 1, usable=True)
    assert made.request(0, 0, 1)


def test_a_limit_counts_anew_in_the_next_month() -> None:
    made = bought(Most(quantity=1, per="month"))
    made.pass_(24 * 31)
    assert made.request(0, 0, 1)


def test_a_count_finds_no_fewer_than_are_put_aside() -> None:
    made = bought()
    assert not made.count(0, 0)
    assert made.count(0, 1)
    assert made.stocks[0].shelf == 0
    assert not made.write_off(0, 1), "what is put aside is not written off"


def test_whatever_comes_in_whatever_order_no_piece_and_no_point_is_lost_or_made() -> None:
    for seed in range(HISTORIES):
        _lived(seed)


def _lived(seed: int) -> None:
    chance = Random(seed)
    made = Counters(PEOPLE, [1, 15, 40], chance.choice([None, Most(quantity=3, per="day")]))
    for who in range(PEOPLE):
        made.earn(who, chance.randrange(1, 6))
    for number in range(3):
        made.receive(number, chance.randrange(1, 6))
    for _ in range(STEPS):
        _some(made, chance)
        _true(made)
    _shown(made)


def test_these_histories_have_every_kind_of_step() -> None:
    """Else the one before shows nothing."""
    seen = set()
    for seed in range(30):
        chance, made = Random(seed), Counters(PEOPLE, [1, 15, 40])
        for _ in range(STEPS):
            _some(made, chance)
        seen |= {event.type for _, events in made.log for event in events}
    assert seen >= {
        "points-held", "points-released", "points-redeemed", "points-refunded", "points-reversed",
        "stock-held", "stock-released", "stock-handed-over", "stock-returned", "stock-counted",
        "stock-written-off", "redemption-cancelled", "redemption-returned",
    }  # fmt: skip


def _some(made: Counters, chance: Random) -> None:
    who, number, pieces = chance.randrange(PEOPLE), chance.randrange(3), chance.choice([1, 1, 2, 5])
    one = chance.randrange(max(len(made.redemptions), 1))
    steps: list[tuple[int, Any]] = [
        (8, lambda: made.request(who, number, pieces)),
        (4, lambda: made.fulfil(one)),
        (2, lambda: made.cancel(one)),
        (2, lambda: made.lapse(one)),
        (3, lambda: made.bring_back(one, pieces, usable=chance.random() < 0.5)),
        (3, lambda: made.earn(who, chance.randrange(1, 4))),
        (1, lambda: made.reverse(who, chance.randrange(2, 12))),
        (2, lambda: made.receive(number, chance.randrange(1, 6))),
        (1, lambda: made.count(number, chance.randrange(8))),
        (1, lambda: made.write_off(number, 1)),
        (2, lambda: made.pass_(chance.choice([1, 12, 48, 400]))),
    ]
    chance.choices([step for _, step in steps], [weight for weight, _ in steps])[0]()


def _true(made: Counters) -> None:
    known = {UUID(int=one): state for one, state in enumerate(made.redemptions)}
    for state in made.stocks:
        balanced.of_item(state)
    for (one, state), (who, number) in zip(known.items(), made.whose, strict=True):
        balanced.of_redemption(one, state, made.accounts[who], made.stocks[number])
    balanced.nothing_else(known, made.accounts, made.stocks)
    pieces, points = balanced.sold(known.values(), made.stocks, made.accounts)
    assert (pieces, points) == (made.plain["sold"], made.plain["spent"])


def _shown(made: Counters) -> None:
    """The read models say what the streams say."""
    past = history(LOG, *made.log)
    rows = Told(shop_stock)(*past).held.rows
    for number, state in enumerate(made.stocks):
        row = rows[item(number)]
        assert (row.stocked, row.shelf, row.off) == (state.stocked, state.shelf, state.off)
        assert (row.held, row.given) == (sum(state.held.values()), state.given)
    lines = Told(stock_moves)(*past).held.rows.values()
    assert sum(one.shelf for one in lines) == sum(state.shelf for state in made.stocks)
    chosen = Told(redemptions)(*past).held.rows
    for one, state in enumerate(made.redemptions):
        row = chosen[UUID(int=one)]
        assert (row.status, row.back) == (state.status, state.back)
        assert account_of("person", row.holder) == account_of("person", person(made.whose[one][0]))
