"""What users of other time banks and ledgers complained of, and what happens here instead."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.volunteer.account.stream import account_of
from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.time_accounts import time_accounts
from shared.core.local_time import day_of
from shared.store import read
from shared.testkit.contents import folded
from tests.volunteer.bank import (
    ANN,
    APPROVER,
    BEN,
    COUNTER,
    DAY,
    LEADER,
    SUPERVISOR,
    Bank,
    hours,
    volunteer,
)
from tests.volunteer.kin import Kin

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
FAMILY = Kin({(ANN, BEN): "child"})


async def _statement(bank: Bank, **asked: Any) -> Any:
    return await bank.read(f"/accounts/{ANN}/entries", volunteer(ANN), **asked)


async def _reverse(bank: Bank, record: int) -> None:
    form = {"reason": "mistake"}
    await bank.done(f"/people/{ANN}/records/{record}/reverse", form, SUPERVISOR)


async def test_timeoverflow_845_what_is_taken_back_leaves_the_balance(bank: Bank) -> None:
    # A transfer was destroyed and the balance stayed as it was.
    record = await bank.saved(90)
    await _reverse(bank, record)
    assert (await bank.account())["free"] == 0
    assert [one["amount"] for one in (await _statement(bank))["items"]] == [-90, 90]


async def test_oscurrency_124_nothing_can_be_deleted(bank: Bank) -> None:
    # Deleted instead of reversed, what had been cached was wrong.
    record = await bank.saved(90)
    for path in (f"/people/{ANN}/records/{record}", f"/accounts/{ANN}", "/records"):
        answer = await bank.client.delete(path, headers=bank.headers(**SUPERVISOR))
        assert answer.status_code in (404, 405)
    assert (await bank.account())["free"] == 90


async def test_timeoverflow_702_each_line_says_what_it_was_for(bank: Bank) -> None:
    # Funders ask by category and by request; transfers had neither.
    bank.knows(FAMILY, opens=0)
    team = "00000000-0000-8000-8000-0000000000aa"
    record = await bank.logged(90, service="health", team=team)
    await bank.approve(record)
    await bank.done("/accounts", {"person": str(BEN), "territory": "sanwan"}, COUNTER)
    await bank.done(f"/accounts/{ANN}/gift", {"to": str(BEN), "minutes": 20}, volunteer(ANN))
    gift, deposit = (await _statement(bank))["items"]
    assert (deposit["service"], deposit["day"], deposit["about"]) == ("health", DAY, str(record))
    assert (gift["kind"], gift["other"]) == ("time-gifted", str(BEN))
    without = {name: told for name, told in hours(30).items() if name != "service"}
    assert await bank.refused("/records", without, LEADER) == "invalid_request"


async def test_formance_340_a_late_entry_changes_no_balance_of_before(bank: Bank) -> None:
    # An entry dated back broke the balances that came after its date.
    await bank.saved(60)
    long_ago = day_of(datetime.now(UTC) - timedelta(days=400))
    late = await bank.logged(45, day=long_ago, late_reason="paper_form")
    await bank.approve(late)
    lines = (await _statement(bank))["items"]
    assert [(one["day"], one["free"]) for one in lines] == [(long_ago, 105), (DAY, 60)]
    assert (await _statement(bank, as_of=long_ago))["free"] == 0
    found = await bank.read("/records", volunteer(ANN), **{"from": long_ago, "to": long_ago})
    assert [one["minutes"] for one in found["items"]] == [45]


async def test_formance_341_tigerbeetle_2955_nobody_spends_below_nothing(bank: Bank) -> None:
    # Whether a balance may be negative is a rule of the account, held where it is decided.
    record = await bank.saved(60)
    path = f"/accounts/{ANN}/donate"
    asked = [bank.headers(**volunteer(ANN)) for _ in range(6)]
    answers = await asyncio.gather(
        *(bank.client.post(path, json={"minutes": 25}, headers=one) for one in asked)
    )
    await bank.service.projector.drain()
    assert sorted(one.status_code for one in answers) == [200, 200, 422, 422, 422, 422]
    assert (await bank.account())["free"] == 10
    await _reverse(bank, record)
    found = await bank.account()
    assert (found["free"], found["owed"]) == (0, 50), "a reversal alone opens a debt"
    await bank.approve(await bank.logged(70))
    found = await bank.account()
    assert (found["free"], found["owed"]) == (20, 0), "and what comes in next pays it"


async def test_formance_stack_1464_the_same_payment_twice_is_paid_once(bank: Bank) -> None:
    # A webhook came again, and the money went out again.
    await bank.saved(60)
    path = f"/accounts/{ANN}/donate"
    first = await bank.post(path, {"minutes": 25}, volunteer(ANN), key="once")
    again = await bank.post(path, {"minutes": 25}, volunteer(ANN), key="once")
    assert again.json() == first.json()
    assert (await bank.account())["free"] == 35
    other = await bank.post(path, {"minutes": 30}, volunteer(ANN), key="once")
    assert other.json()["code"] == "idempotency_key_reused"


async def test_odoo_206048_the_history_is_the_balance(bank: Bank) -> None:
    # A column with the balance stood beside a history that said something else.
    await bank.saved(100)
    await bank.done(f"/accounts/{ANN}/donate", {"minutes": 30}, volunteer(ANN))
    async with bank.service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 1_000)
    made = folded(time_accounts, [read.decode(EVENTS, row) for row in rows]).rows
    assert made[account_of(ANN)].balance == (await bank.account())["free"] == 70
    assert sum(one["amount"] for one in (await _statement(bank))["items"]) == 70


async def test_formance_stack_863_the_balance_of_a_day_in_the_past(bank: Bank) -> None:
    # Balances could be had as of now only.
    await bank.saved(60)
    today, yesterday, before = (
        day_of(datetime.now(UTC) - timedelta(days=ago)) for ago in (0, 1, 2)
    )
    told = [(await _statement(bank, as_of=day))["free"] for day in (today, yesterday, before)]
    assert told == [60, 0, 0]


async def test_civicrm_620_volunteers_put_their_own_hours_on_record(bank: Bank) -> None:
    # Only staff could; here another person approves them.
    own = hours(60, person=None, evidence="photo")
    receipt = await bank.done("/records", own, volunteer(ANN))
    assert (await bank.account())["free"] == 0
    [line] = (await bank.read("/records", APPROVER, status="logged"))["items"]
    assert (line["recorder"], line["odd"], line["grade"]) == (str(ANN), ["own_entry"], "b")
    await bank.approve(receipt["version"])
    assert (await bank.account())["free"] == 60


async def test_emfcamp_1893_help_outside_any_shift_has_a_sponsor(bank: Bank) -> None:
    # Helpers outside shifts were kept in spreadsheets.
    form = hours(60, person=None, evidence="own_word", sponsor=None)
    assert await bank.refused("/records", form, volunteer(ANN)) == "sponsor_missing"
    await bank.done("/records", {**form, "sponsor": "wenhua-station"}, volunteer(ANN))
    [line] = (await bank.read("/records", APPROVER))["items"]
    assert (line["sponsor"], line["activity"], line["odd"]) == (
        "wenhua-station", None, ["own_entry", "weak"],
    )  # fmt: skip


async def test_the_fear_that_hours_cannot_be_redeemed_later_has_figures(bank: Bank) -> None:
    # Who saves for old age asks whether anybody will serve then.
    bank.knows(FAMILY)
    last_month = datetime.now(UTC).replace(day=1) - timedelta(days=3)
    day = day_of(last_month)
    record = await bank.logged(600, day=day, late_reason="paper_form")
    await bank.approve(record)
    await bank.done(f"/accounts/{ANN}/donate", {"minutes": 150}, volunteer(ANN))
    [line] = (await bank.read("/liability", SUPERVISOR))["items"]
    assert (line["free"], line["pool"], line["outstanding"]) == (450, 150, 600)
    assert (line["monthly"], line["months"]) == (200, 3)
