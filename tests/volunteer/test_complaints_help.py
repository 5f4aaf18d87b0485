"""What people complained about elsewhere, and what happens here instead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.volunteer.account.commands import ApproveHours, LogHours
from services.volunteer.account.time_commands import TransferOut
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of, month_of
from shared.core.messages import Actor, Forbidden
from tests.grievance.front_desk import refused
from tests.territory.office import Headers
from tests.volunteer.neighbours import ANN, AWAY, BEN, CAI, HOME, RULES, Neighbours, of

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
BOSS: dict[str, Any] = {"sub": "boss", "roles": ("supervisor",), "territory": "d"}


@pytest.fixture
async def people(
    client: httpx.AsyncClient, headers: Headers, service: Volunteers,
    monkeypatch: pytest.MonkeyPatch,
) -> Neighbours:  # fmt: skip
    """Two communities; Ann is at home in one of them and has two hours."""
    made = await Neighbours.of((client, headers, service), monkeypatch)
    await made.save(ANN, 120, HOME)
    return made


async def test_exchange_between_banks_timeoverflow_638(people: Neighbours) -> None:
    """Members of different banks could not pay each other: here one redeems anywhere, and the
    communities clear it."""
    await people.save(BEN, 1, AWAY)
    help_id = await people.helped_in(ANN, AWAY, 90)
    await people.done(help_id, "confirm", ANN, review=5)
    assert (await people.saved(ANN), await people.saved(BEN)) == ((30, 0, 0), (91, 0, 0))
    told = await people.read("/clearing", BOSS, month=month_of(datetime.now(UTC)))
    assert told["pairs"] == [{"owes": "d/s1/c1", "to": "d/s1/c2", "minutes": 90}]
    assert sum(line["net"] for line in told["lines"]) == 0


async def test_credit_limits_between_banks_timeoverflow_796(people: Neighbours) -> None:
    """Nobody spends what they do not have, wherever they ask, however often at once: what is
    asked for is put aside first."""
    await people.ask(minutes=90, territory=AWAY)
    form = {"service": "meals", "minutes": 60, "day": day_of(datetime.now(UTC))}
    refused(await people.post("/help", form, **of(ANN)), 422, "balance_too_low")
    refused(await people.post("/help", {**form, "territory": AWAY}, **of(CAI)), 422, "no_account")
    assert await people.saved(ANN) == (30, 90, 0)


async def test_hours_bought_40_yuan_5_hours_2_minutes_cctv_2025_07_17(
    people: Neighbours,
) -> None:
    """A platform sold five hours of care for 40 yuan; an administrator credited them within two
    minutes. Here two people have to lie, it takes five hours, or it is found."""
    now = datetime.now(UTC)
    help_id = await people.ask(minutes=30)
    await people.done(help_id, "accept", BEN)
    answer = await people.step(help_id, "finish", BEN, minutes=30)
    refused(answer, 422, "longer_than_since_accepted")

    boss = Actor(id="admin", roles=frozenset({"recorder", "hours_approver"}), territory="d")
    bought = LogHours(
        at=now, actor=boss, person=BEN, home=HOME, day=day_of(now), minutes=300, territory=HOME,
        service="companionship", evidence="receiver", rules=RULES,
    )  # fmt: skip
    await people.tell(BEN, bought)
    alone = ApproveHours(at=now, actor=boss, record=2, rules=RULES)
    with pytest.raises(Forbidden, match="approval_by_recorder"):
        await people.tell(BEN, alone)
    friend = Actor(id="friend", roles=frozenset({"hours_approver"}), territory="d")
    await people.tell(
        BEN, ApproveHours(at=now + timedelta(minutes=2), actor=friend, record=2, rules=RULES)
    )
    assert await people.saved(BEN) == (300, 0, 0)
    [found] = (await people.read("/findings", BOSS))["items"]
    assert (found["kind"], found["figure"], found["by"]) == ("too_fast", 300, "friend")
    path = f"/people/{BEN}/records/2/{found['records'][0]['undo']}"
    assert (await people.post(path, {"reason": "false_hours"}, **BOSS)).status_code == 200
    assert await people.saved(BEN) == (0, 0, 0)


async def test_help_that_was_back_dated_to_look_long_enough_is_found(people: Neighbours) -> None:
    """Who says that they accepted five hours ago, and is confirmed at once, is found by when it
    was recorded."""
    help_id = await people.helped(120)
    await people.done(help_id, "confirm", ANN, review=5)
    [found] = (await people.read("/findings", BOSS))["items"]
    assert (found["kind"], found["figure"]) == ("too_fast", 120)


async def test_time_bank_trials_failed_for_hours_that_nobody_honoured_elsewhere(
    people: Neighbours,
) -> None:
    """Portability: hours are spent in any community, and go along when somebody moves away."""
    help_id = await people.helped_in(ANN, AWAY, 60)
    await people.done(help_id, "confirm", ANN, review=4)
    clerk = Actor(id="clerk", roles=frozenset({"registrar"}), territory="d")
    await people.tell(ANN, TransferOut(at=datetime.now(UTC), actor=clerk, place="Yantai"))
    assert await people.saved(ANN) == (0, 0, 0)
