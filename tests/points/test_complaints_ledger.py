"""What users of loyalty ledgers complain about, one test each: nothing of it can happen here."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.points.account.commands import (
    DeductPoints,
    HoldPoints,
    RedeemPoints,
    RefundPoints,
    ReversePoints,
    TransferPoints,
)
from services.points.account.decider import account
from services.points.account.ending import settled
from services.points.log import EVENTS, LOG
from services.points.projections.point_deeds import point_deeds
from services.points.projections.point_entries import point_entries
from services.points.projections.points_accounts import left_on, points_accounts
from services.points.rules.book import Expiry
from services.points.rules.book_2026_1 import BOOK
from shared.core.messages import Rejected
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import read
from shared.testkit.contents import folded
from shared.testkit.projections import holds
from tests.points.deciding import AT, BY, holder
from tests.points.seasons import Seasons
from tests.points.test_account import ANN, HOLD, RICE, after, earn, hold

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
DAY = "2026-05-01"
ON: dict[str, Any] = {"asked_on": DAY, **BY}
TAKE_BACK = ReversePoints(lot=2, reason="mistake", **ON)
HERE: dict[str, Any] = {"territory": "d", "rules": BOOK}


async def test_timeoverflow_845_nothing_is_deleted_and_a_reversal_takes_the_balance_along(
    seasons: Seasons,
) -> None:
    # A transfer was destroyed, and the balance stayed.
    await seasons.earned(1, 2, AT)
    async with seasons.service.pool.acquire() as connection:
        for deed in ("delete from event", "update event set payload = ''"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(deed)
    await seasons.asked(Target(account, seasons.stream(1)), TAKE_BACK)
    assert await seasons.free(1, DAY) == sum(line["free"] for line in await seasons.lines(1)) == 0


async def test_oscurrency_124_what_was_wrong_and_its_reversal_both_stay(seasons: Seasons) -> None:
    # Exchanges were deleted where they had to be reversed.
    await seasons.earned(1, 2, AT)
    await seasons.asked(Target(account, seasons.stream(1)), TAKE_BACK)
    lines = await seasons.lines(1)
    told = [(line["kind"], line["amount"], line["about"]) for line in lines]
    assert told == [("points-earned", 30, ""), ("points-reversed", -30, "2")]


async def test_formance_ledger_340_a_back_dated_entry_leaves_earlier_balances_alone(
    seasons: Seasons,
) -> None:
    # A late entry has the day of its deed; what anybody was told before stays true.
    await seasons.earned(1, 1, datetime(2026, 5, 20, tzinfo=UTC))
    before = await seasons.lines(1)
    await seasons.earned(1, 1, datetime(2026, 5, 21, tzinfo=UTC), day="2026-05-02")
    lines = await seasons.lines(1)
    assert lines[: len(before)] == before
    assert (lines[-1]["day"], lines[-1]["expires"]) == ("2026-05-02", "2026-05-31")
    full = (earn("2026-05-20", 4), earn("2026-05-21", 1))
    with_late = account.decide(earn("2026-05-02", 1), after(*full))
    assert [one.type for one in with_late] == ["points-capped"], "the limit of its month holds"


def test_formance_ledger_341_nothing_is_below_nothing_but_by_a_reversal() -> None:
    # Also tigerbeetle/tigerbeetle#2955: whether a balance may be negative is a rule of the account.
    poor = after(earn(DAY, 1))
    fine = DeductPoints(reason="uncivil", quantity=4, day=DAY, **HERE, **ON)
    [taken] = account.decide(fine, poor)
    assert (taken.points, taken.waived) == (15, 5)  # type: ignore[union-attr]
    assert _refusal(hold(DAY, 16), poor) == "balance_too_low"
    spent = (earn(DAY, 1), hold(DAY, 15), RedeemPoints(hold=HOLD, **ON))
    assert (after(*spent, TAKE_BACK).free(DAY), after(*spent, TAKE_BACK).debt) == (0, 15)
    paid = after(*spent, TAKE_BACK, earn(DAY, 2))
    assert (paid.free(DAY), paid.debt) == (15, 0), "what comes in next pays it"


async def test_formance_stack_1464_the_same_payment_twice_is_paid_once(seasons: Seasons) -> None:
    # A webhook came again, and the money went out again.
    await seasons.earned(1, 2, AT)
    target, identity = Target(account, seasons.stream(1)), Identity(uuid4(), b"")
    command = HoldPoints(hold=HOLD, points=10, item=RICE, quantity=1, rules=BOOK, **ON)
    first = await seasons.executor.execute(single(target, command, identity))
    again = await seasons.executor.execute(single(target, command, identity))
    assert (again.versions, again.repeated) == (first.versions, True)
    assert (await seasons.told(1)).count("points-held") == 1
    told = {"rules": BOOK.model_copy(update={"reactions": {"clue_verified": "clue"}})}
    for _ in range(2):
        await seasons.credited(1, "clue:7", AT, **told)
    assert (await seasons.told(1)).count("points-earned") == 2, "one for mediating, one for a clue"


def test_ecommerce_laravel_1056_lots_end_whatever_they_are_called() -> None:
    # Lots with another label never ended.
    reasons = ("activity", "mediation", "clue", "explaining")
    earned = [earn("2026-12-30", 1, reason) for reason in reasons]
    on = {"asked_on": "2026-12-30", **BY}
    bought = (hold("2026-12-30", 10), RedeemPoints(hold=HOLD, **on))
    back = RefundPoints(hold=HOLD, points=10, rules=BOOK, **on)
    state = after(*earned, *bought, back)
    assert {lot.expires for lot in state.in_order()} == {"2026-12-31", "2027-01-06"}
    assert settled(state, "2028-01-01", AT).in_order() == []


async def test_ecommerce_laravel_1056_two_who_spend_at_once_do_not_race(seasons: Seasons) -> None:
    # Writes without a lock raced.
    await seasons.earned(1, 1, AT)
    target = Target(account, seasons.stream(1))
    buys = [
        HoldPoints(hold=uuid4(), points=8, item=RICE, quantity=1, rules=BOOK, **ON)
        for _ in range(6)
    ]
    asked = (seasons.asked(target, one) for one in buys)
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [one.code for one in answers if isinstance(one, Rejected)]
    assert (answers.count(None), refused) == (1, ["balance_too_low"] * 5)


async def test_flocafe_62_every_day_on_which_something_ends_is_shown(seasons: Seasons) -> None:
    # Only the next one was.
    for month in (5, 6, 7):
        await seasons.earned(1, 1, datetime(2026, month, 1, tzinfo=UTC), rules=_lasting("year_end"))
        await seasons.earned(1, 1, datetime(2026, month, 1, tzinfo=UTC), rules=_lasting("days"))
    known = left_on(await seasons.row(1), "2026-07-01")
    ends = [(lot.expires, lot.left) for lot in known.in_order()]
    assert ends[:3] == [("2026-08-09", 15), ("2026-09-09", 15), ("2026-10-09", 15)]
    assert sum(left for end, left in ends if end == "2026-12-31") == 45


def test_flocafe_62_a_switch_that_is_off_is_off() -> None:
    # A setting did nothing.
    kept = earn(DAY, 1)
    never = after(_under(kept, expiry=Expiry(mode="never")))
    assert settled(never, "2099-01-01", AT).free("2099-01-01") == 15
    give = TransferPoints(
        keeper=ANN, home="d", kind="person", to=holder(2), points=5, same_household=True,
        rules=BOOK.model_copy(update={"sharing": False}), **ON,
    )  # fmt: skip
    assert _refusal(give, after(kept)) == "sharing_off"


async def test_odoo_206048_the_history_is_the_balance(seasons: Seasons) -> None:
    # A column with the balance stood beside a history that said something else.
    await seasons.earned(1, 2, AT)
    await seasons.asked(Target(account, seasons.stream(1)), hold(DAY, 7))
    async with seasons.service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 1_000)
    past = [read.decode(EVENTS, row) for row in rows]
    row = await seasons.row(1)
    assert folded(points_accounts, past).rows[seasons.stream(1)] == row
    assert sum(line["amount"] for line in await seasons.lines(1)) == 30
    assert (left_on(row, DAY).free(DAY), row.held) == (23, 7)


def test_erpnext_14847_a_threshold_and_a_least_to_spend_are_held_where_it_is_decided() -> None:
    # The rules were stated, and nothing kept to them.
    state = after(earn(DAY, 2))
    assert _refusal(_under(hold(DAY, 20), opens=31), state) == "not_open_yet"
    assert _refusal(_under(hold(DAY, 19), least=20), state) == "below_least"
    assert account.decide(_under(hold(DAY, 20), opens=30, least=20), state)


async def test_timeoverflow_702_every_line_says_what_it_was_for(seasons: Seasons) -> None:
    # Transfers had no category, which those who fund it ask for.
    await seasons.earned(1, 1, AT)
    await seasons.asked(Target(account, seasons.stream(1)), hold(DAY, 5))
    earned, held = await seasons.lines(1)
    assert (earned["reason"], earned["rules"], earned["territory"]) == ("mediation", "2026.1", "d")
    assert held["about"] == str(HOLD)
    assert _refusal(earn(DAY, 1, "because"), after()) == "no_such_reason"


@pytest.mark.parametrize(
    "model", [points_accounts, point_entries, point_deeds], ids=lambda one: one.name
)
async def test_broadway_148_a_read_model_is_built_anew_beside_the_old_one(
    seasons: Seasons, model: Any
) -> None:
    # How to replay some projectors, and how to empty what they made, was asked.
    await asyncio.gather(*(seasons.earned(who, 1, AT) for who in range(8)))
    for who in range(8):
        stream = Target(account, seasons.stream(who))
        about: dict[str, Any] = {"hold": UUID(int=who + 9), **ON}
        spend = HoldPoints(points=who + 1, item=RICE, quantity=1, rules=BOOK, **about)
        await seasons.asked(stream, spend)
        await seasons.asked(stream, RedeemPoints(**about))
        await seasons.asked(stream, TAKE_BACK)
    await holds(seasons.service.pool, model, LOG, EVENTS)


def _refusal(command: Any, state: Any) -> str:
    with pytest.raises(Rejected) as refusal:
        account.decide(command, state)
    return refusal.value.code


def _under(command: Any, **changes: Any) -> Any:
    """The same under other rules."""
    return type(command)(**{**vars(command), "rules": BOOK.model_copy(update=changes)})


def _lasting(mode: Any) -> Any:
    days = {"days": 100} if mode == "days" else {}
    return BOOK.model_copy(update={"expiry": Expiry(mode=mode, **days), "daily": None})
