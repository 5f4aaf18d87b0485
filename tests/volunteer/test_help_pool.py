"""Help that the pool of a community pays for, for those whom the rules put first."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.volunteer.access import SERVICE
from services.volunteer.help.commands import LapseHelp
from services.volunteer.help.payment import POOL
from services.volunteer.pool.commands import CreditPool
from services.volunteer.pool.decider import pool
from services.volunteer.pool.stream import stream_of
from services.volunteer.service import Volunteers
from shared.core.messages import Actor
from shared.runtime.commands.submission import Identity, Submission, Target
from tests.grievance.front_desk import refused
from tests.territory.office import Headers
from tests.volunteer.neighbours import ANN, BEN, CAI, CLERK, HOME, Neighbours, ago, of, today

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def people(
    client: httpx.AsyncClient, headers: Headers, service: Volunteers,
    monkeypatch: pytest.MonkeyPatch,
) -> Neighbours:  # fmt: skip
    """Ann has nothing to spend."""
    return await Neighbours.of((client, headers, service), monkeypatch)


async def _fill(service: Volunteers, minutes: int) -> None:
    clerk = Actor(id="clerk", roles=frozenset({"registrar"}), territory="d")
    credit = CreditPool(
        at=datetime.now(UTC), actor=clerk, territory="d/s1/c1", giver=CAI, home="d", minutes=minutes
    )

    # any command of a service: who may fill a pool is not what is tried here
    by_service = LapseHelp(at=credit.at, actor=Actor(id="t", roles=SERVICE, territory=""))

    def decided(states: Any) -> Any:
        return [pool.decide(credit, states[0])]

    free = Target(POOL, stream_of("d/s1/c1"))
    identity = Identity(uuid4(), hashlib.sha256(b"fill").digest())
    await service.executor.execute(Submission(identity, by_service, (free,), decided))


async def _asked(people: Neighbours, minutes: int = 60) -> str:
    form = {
        "person": str(ANN), "territory": HOME, "service": "meals", "minutes": minutes,
        "day": today(), "care": "disabled", "paid": "pool",
    }  # fmt: skip
    answer = await people.post("/help", form, **CLERK)
    assert answer.status_code == 201, answer.text
    help_id = str(answer.json()["id"])
    await people.done(help_id, "accept", BEN, **ago(minutes + 5))
    await people.done(help_id, "finish", BEN, minutes=minutes)
    return help_id


async def test_the_pool_pays_for_who_has_nothing_and_is_put_first(
    people: Neighbours, service: Volunteers
) -> None:
    await _fill(service, 100)
    help_id = await _asked(people)
    await people.done(help_id, "confirm", ANN, review=5)
    assert await people.saved(BEN) == (60, 0, 0)
    async with service.pool.acquire() as connection:
        assert await connection.fetchval("select sum(balance) from time_pools") == 40


async def test_a_pool_that_holds_too_little_pays_nothing_and_nobody_gets_anything(
    people: Neighbours, service: Volunteers
) -> None:
    await _fill(service, 30)
    help_id = await _asked(people)
    refused(await people.step(help_id, "confirm", ANN, review=5), 422, "pool_too_low")
    assert await people.saved(BEN) == (0, 0, 0)
    line = (await people.read(f"/help/{help_id}", of(ANN)))["help"]
    assert (line["status"], line["steps"]) == ("done", ["confirm", "dispute"])


async def test_what_the_pool_would_have_paid_frees_nothing_when_it_is_dropped(
    people: Neighbours,
) -> None:
    help_id = await _asked(people)
    assert (await people.post(f"/help/{help_id}/drop", {}, **CLERK)).status_code == 200
    assert await people.saved(ANN) == (0, 0, 0)
