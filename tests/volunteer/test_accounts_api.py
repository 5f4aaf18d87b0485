"""The time bank over HTTP: what somebody has, how it came, what they give, what pools hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shared.core.local_time import day_of
from tests.volunteer.bank import (
    ANN,
    APPROVER,
    BEN,
    CAI,
    COUNTER,
    LEADER,
    SUPERVISOR,
    Bank,
    hours,
    volunteer,
)
from tests.volunteer.kin import Away, Kin

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
FAMILY = Kin({(ANN, BEN): "child", (ANN, CAI): "sibling"})


async def test_an_account_says_what_is_missing_until_it_can_be_spent(bank: Bank) -> None:
    bank.knows(FAMILY, opens=120, cap=1_000)
    await bank.saved(90)
    found = await bank.account()
    told = [found[name] for name in ("free", "served", "missing", "opening", "cap", "room")]
    assert told == [90, 90, 30, False, 1_000, 910]
    await bank.saved(40)
    assert (await bank.account())["opening"]


async def test_an_elder_spends_without_the_minutes(bank: Bank) -> None:
    bank.knows(Kin({}, frozenset({ANN})), opens=120, opens_age=60)
    await bank.saved(60)
    found = await bank.account()
    assert (found["missing"], found["elder"], found["opening"]) == (60, True, True)
    bank.knows(Away(), opens=120, opens_age=60)
    found = await bank.account()
    assert (found["elder"], found["opening"]) == (None, False)


async def test_nobody_sees_the_account_of_another(bank: Bank) -> None:
    await bank.saved(60)
    for path in (f"/accounts/{ANN}", f"/accounts/{ANN}/entries"):
        for actor in (volunteer(BEN), {**COUNTER, "territory": "litai"}):
            answer = await bank.get(path, actor)
            assert (answer.status_code, answer.json()["code"]) == (404, "no_such_account")
        assert (await bank.get(path, LEADER)).json()["code"] == "role_missing"
        assert (await bank.get(path, COUNTER)).status_code == 200
    assert (await bank.get(f"/accounts/{BEN}", volunteer(BEN))).status_code == 404


async def test_a_statement_runs_up_line_by_line_and_page_by_page(bank: Bank) -> None:
    bank.knows(FAMILY, opens=60, cap=150)
    record = await bank.saved(100)
    last = await bank.saved(80)
    await bank.done(f"/accounts/{ANN}/donate", {"minutes": 120}, volunteer(ANN))
    path = f"/people/{ANN}/records/{record}/reverse"
    await bank.done(path, {"reason": "mistake"}, APPROVER)
    found = await bank.read(f"/accounts/{ANN}/entries", volunteer(ANN))
    lines = [
        (one["kind"], one["amount"], one["honoured"], one["free"], one["owed"], one["about"])
        for one in found["items"]
    ]
    assert lines == [
        ("time-reversed", -100, 0, 0, 70, str(record)),
        ("time-donated", -120, 0, 30, 0, "sanwan"),
        ("excess-honoured", 0, 30, 150, 0, str(last)),
        ("time-deposited", 50, 0, 150, 0, str(last)),
        ("time-deposited", 100, 0, 100, 0, str(record)),
    ]
    assert [one["service"] for one in found["items"]] == ["meals", None, "meals", "meals", "meals"]
    pages, after = [], None
    while True:
        asked: dict[str, int] = {"after": after} if after else {}
        page = await bank.read(f"/accounts/{ANN}/entries", volunteer(ANN), limit=2, **asked)
        assert (page["free"], page["owed"]) == (0, 70)
        pages += page["items"]
        if (after := page["next"]) is None:
            break
    assert pages == found["items"]
    account = await bank.account()
    assert (account["free"], account["owed"], account["served"]) == (0, 70, 80)


async def test_a_statement_as_of_a_day_ends_with_that_day(bank: Bank) -> None:
    await bank.saved(60)
    today, before = (day_of(datetime.now(UTC) - timedelta(days=ago)) for ago in (0, 1))
    now = await bank.read(f"/accounts/{ANN}/entries", volunteer(ANN), as_of=today)
    then = await bank.read(f"/accounts/{ANN}/entries", volunteer(ANN), as_of=before)
    assert (now["free"], len(now["items"])) == (60, 1)
    assert (then["free"], then["items"]) == (0, [])


async def test_a_gift_goes_to_a_direct_relative_only(bank: Bank) -> None:
    bank.knows(FAMILY, opens=60)
    await bank.saved(120)
    path, actor = f"/accounts/{ANN}/gift", volunteer(ANN)
    assert await bank.refused(path, {"to": str(BEN), "minutes": 50}, actor) == "no_account"
    await bank.done("/accounts", {"person": str(BEN), "territory": "litai"}, COUNTER)
    receipt = await bank.done(path, {"to": str(BEN), "minutes": 50}, actor)
    own = await bank.read(f"/accounts/{ANN}/entries", actor)
    assert own["items"][0]["number"] <= receipt["position"]
    assert own["items"][0]["other"] == str(BEN)
    assert ((await bank.account(ANN))["free"], (await bank.account(BEN))["free"]) == (70, 50)
    assert (
        await bank.refused(path, {"to": str(CAI), "minutes": 5}, actor) == "not_a_direct_relative"
    )
    assert await bank.refused(path, {"to": str(ANN), "minutes": 5}, actor) == "gift_to_oneself"
    assert await bank.refused(path, {"to": str(BEN), "minutes": 71}, actor) == "balance_too_low"
    assert (
        await bank.refused(path, {"to": str(BEN), "minutes": 1}, volunteer(BEN))
        == "no_such_account"
    )
    bank.knows(Away(), opens=60)
    assert await bank.refused(path, {"to": str(BEN), "minutes": 1}, actor) == "register_away"
    assert (await bank.account(ANN))["free"] == 70


async def test_the_time_of_who_died_goes_to_an_heir(bank: Bank) -> None:
    bank.knows(FAMILY)
    await bank.saved(120)
    await bank.done("/accounts", {"person": str(BEN), "territory": "sanwan"}, COUNTER)
    path = f"/accounts/{ANN}/bequeath"
    assert await bank.refused(path, {"heir": str(BEN)}, volunteer(ANN)) == "role_missing"
    await bank.done(path, {"heir": str(BEN)}, COUNTER)
    left, got = await bank.account(ANN), await bank.account(BEN)
    assert (left["status"], left["free"], got["free"]) == ("closed", 0, 120)
    donation = {"minutes": 5}
    assert (
        await bank.refused(f"/accounts/{ANN}/donate", donation, volunteer(ANN)) == "account_closed"
    )


async def test_what_is_donated_is_in_the_pool(bank: Bank) -> None:
    await bank.saved(100)
    path, actor = f"/accounts/{ANN}/donate", volunteer(ANN)
    await bank.done(path, {"minutes": 30}, actor)
    await bank.done(path, {"minutes": 20, "pool": "litai"}, actor)
    assert await bank.refused(path, {"minutes": 51}, actor) == "balance_too_low"
    assert await bank.refused(path, {"minutes": 5, "pool": "nowhere"}, actor) == "unknown_territory"
    found = await bank.read("/pools/sanwan", volunteer(BEN))
    assert (found["balance"], found["gifts"], found["helps"]) == (30, 1, 0)
    assert (await bank.read("/pools/litai", volunteer(BEN)))["balance"] == 20
    assert (await bank.read("/pools/shengli", volunteer(BEN)))["balance"] == 0
    assert (await bank.account())["free"] == 50


async def test_who_moves_keeps_time_and_who_leaves_takes_it_along(bank: Bank) -> None:
    await bank.saved(60)
    await bank.done(f"/accounts/{ANN}/move", {"territory": "litai"}, COUNTER)
    assert (await bank.account())["territory"] == "litai"
    await bank.done(f"/accounts/{ANN}/transfer-out", {"place": "北京"}, COUNTER)
    found = await bank.account()
    assert (found["status"], found["free"]) == ("closed", 0)


async def test_nobody_logs_hours_of_who_is_barred(bank: Bank) -> None:
    await bank.saved(60)
    until = (datetime.now(UTC) + timedelta(days=400)).isoformat()
    path = f"/accounts/{ANN}/bar"
    assert (
        await bank.refused(path, {"until": until, "reason": "false_hours"}, APPROVER)
        == "role_missing"
    )
    await bank.done(path, {"until": until, "reason": "false_hours"}, SUPERVISOR)
    assert await bank.refused("/records", hours(30), LEADER) == "volunteer_barred"


async def test_the_liability_is_what_all_accounts_and_pools_hold(bank: Bank) -> None:
    await bank.saved(100)
    await bank.saved(50, BEN)
    await bank.done(f"/accounts/{BEN}/move", {"territory": "litai"}, COUNTER)
    await bank.done(f"/accounts/{ANN}/donate", {"minutes": 40, "pool": "litai"}, volunteer(ANN))
    found = await bank.read("/liability", SUPERVISOR)
    lines = [
        (one["territory"], one["free"], one["pool"], one["outstanding"]) for one in found["items"]
    ]
    assert lines == [("litai", 50, 40, 90), ("sanwan", 60, 0, 60)]
    assert (found["total"]["outstanding"], found["total"]["territory"]) == (150, "gaoxin")
    assert (await bank.get("/liability", APPROVER)).json()["code"] == "role_missing"
    one = await bank.read("/liability", {**SUPERVISOR, "territory": "sanwan"})
    assert [line["territory"] for line in one["items"]] == ["sanwan"]


async def test_who_moves_to_where_they_live_is_told_that_nothing_changed(bank: Bank) -> None:
    await bank.saved(60)
    path, form = f"/accounts/{ANN}/move", {"territory": "sanwan"}
    assert await bank.refused(path, form, COUNTER) == "nothing_changed"
