"""What is not right is refused with a code, and in words of both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.dashboard.pages.language import in_words
from services.dashboard.pages.problem_words import WORDS
from shared.core.local_time import day_of
from tests.volunteer.bank import (
    ANN,
    APPROVER,
    BEN,
    CAI,
    COUNTER,
    DAY,
    LEADER,
    SUPERVISOR,
    Bank,
    clock,
    hours,
    volunteer,
)
from tests.volunteer.kin import Kin

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LONG_AGO = "2020-02-29"
PROOF = "cd" * 32


def _worded(code: str) -> None:
    assert WORDS[code] != in_words("en", WORDS[code]), f"{code} has words in one language only"


async def _refused(bank: Bank, form: dict[str, Any], actor: Any = LEADER) -> str:
    code = await bank.refused("/records", form, actor)
    _worded(code)
    return code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"minutes": 0}, "minutes_not_positive"),
        ({"minutes": -60}, "minutes_not_positive"),
        ({"minutes": 26 * 60}, "service_too_long"),
        ({"since": clock(12), "until": clock(11)}, "sign_out_before_sign_in"),
        ({"since": clock(12), "until": clock(12)}, "sign_out_before_sign_in"),
        ({"since": clock(12)}, "half_a_span"),
        ({"since": clock(12), "until": clock(12, 30)}, "longer_than_the_span"),
        ({"since": clock(12, day="2020-01-01"), "until": clock(13)}, "other_day"),
        ({"day": LONG_AGO}, "late_entry_needs_reason"),
        ({"day": "2199-01-01"}, "occurs_in_the_future"),
        ({"sponsor": None}, "sponsor_missing"),
        ({"person": None}, "person_missing"),
        ({"territory": "nowhere"}, "unknown_territory"),
    ],
)
async def test_hours_that_cannot_be_are_refused(bank: Bank, told: Any, code: str) -> None:
    assert await _refused(bank, hours(**told)) == code
    assert (await bank.read("/records", APPROVER))["items"] == []


async def test_two_shifts_at_one_time_are_refused(bank: Bank) -> None:
    await bank.logged(60, since=clock(9), until=clock(10))
    again = hours(30, since=clock(9, 30), until=clock(10, 30))
    assert await _refused(bank, again) == "overlapping_shifts"
    await bank.logged(30, since=clock(10), until=clock(10, 30))


async def test_a_day_of_twenty_six_hours_is_refused(bank: Bank) -> None:
    await bank.logged(13 * 60)
    assert await _refused(bank, hours(13 * 60)) == "day_overfull"
    await bank.logged(11 * 60)


async def test_one_evidence_shows_one_service(bank: Bank) -> None:
    await bank.logged(60, proof=PROOF)
    assert await _refused(bank, hours(30, proof=PROOF)) == "evidence_used"


async def test_nobody_bears_witness_to_their_own_hours(bank: Bank) -> None:
    own = hours(60, person=None, evidence="site_code")
    assert await _refused(bank, own, volunteer(ANN)) == "evidence_of_others"
    assert await _refused(bank, hours(60), volunteer(BEN)) == "not_your_own"


async def test_neither_who_served_nor_who_recorded_approves(bank: Bank) -> None:
    both = {"sub": str(ANN), "roles": ("volunteer", "hours_approver"), "territory": "sanwan"}
    record = await bank.logged(60)
    path = f"/people/{ANN}/records/{record}/approve"
    code = await bank.refused(path, {}, both)
    assert code == "approval_by_volunteer"
    _worded(code)
    recorder = {**LEADER, "roles": ("team_leader", "hours_approver")}
    code = await bank.refused(path, {}, recorder)
    assert code == "approval_by_recorder"
    _worded(code)
    await bank.approve(record)


async def test_each_gift_that_cannot_be_says_why(bank: Bank) -> None:
    bank.knows(Kin({(ANN, BEN): "child", (ANN, CAI): "other_kin"}), opens=100, cap=200)
    await bank.saved(90)
    for one in (BEN, CAI):
        await bank.done("/accounts", {"person": str(one), "territory": "sanwan"}, COUNTER)
    path, actor = f"/accounts/{ANN}/gift", volunteer(ANN)

    async def refused(to: Any, minutes: int) -> str:
        code = await bank.refused(path, {"to": str(to), "minutes": minutes}, actor)
        _worded(code)
        return code

    assert await refused(BEN, 10) == "not_open_yet"
    await bank.saved(60)
    stranger = "00000000-0000-8000-8000-0000000000ff"
    assert await refused(stranger, 10) == "not_a_relative"
    assert await refused(CAI, 10) == "not_a_direct_relative"
    assert await refused(ANN, 10) == "gift_to_oneself"
    assert await refused(BEN, 0) == "minutes_not_positive"
    assert await refused(BEN, -10) == "minutes_not_positive"
    assert await refused(BEN, 151) == "balance_too_low"
    await bank.saved(190, BEN)
    assert await refused(BEN, 11) == "recipient_at_cap"
    answer = await bank.post(path, {"to": str(BEN), "minutes": 11}, actor)
    assert "190" not in answer.text, "what others have is nobody's business"


async def test_accounts_are_opened_once_and_closed_once(bank: Bank) -> None:
    form = {"person": str(BEN), "territory": "sanwan"}
    await bank.done("/accounts", form, COUNTER)
    leave = f"/accounts/{BEN}/transfer-out"
    codes = [await bank.refused("/accounts", form, COUNTER)]
    await bank.done(leave, {"place": "北京"}, COUNTER)
    codes += [
        await bank.refused(leave, {"place": "北京"}, COUNTER),
        await bank.refused("/records", hours(person=str(BEN)), LEADER),
        await bank.refused(f"/accounts/{CAI}/donate", {"minutes": 1}, COUNTER),
    ]
    assert codes == ["account_open", "account_closed", "account_closed", "no_such_account"]
    for code in codes:
        _worded(code)


async def test_a_bar_has_an_end_that_the_rules_allow(bank: Bank) -> None:
    await bank.logged()
    path = f"/accounts/{ANN}/bar"
    for days, code in ((-1, "ends_before_it_begins"), (2_000, "barred_too_long")):
        until = (datetime.now(UTC) + timedelta(days=days)).isoformat()
        form = {"until": until, "reason": "traded_hours"}
        assert await bank.refused(path, form, SUPERVISOR) == code
        _worded(code)


async def test_late_hours_are_taken_with_a_reason_and_seen_as_late(bank: Bank) -> None:
    await bank.logged(60, day=LONG_AGO, late_reason="paper_form")
    [line] = (await bank.read("/records", APPROVER))["items"]
    assert (line["late"], line["odd"]) == ("paper_form", ["late"])
    assert day_of(datetime.now(UTC)) > DAY > LONG_AGO
