"""The bench of points, in little: what it makes is what the read models hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pytest

from bench import pointed
from bench.living import fill
from bench.pointed import Size
from bench.points import STANDING
from bench.standing import stand
from services.points.account.decider import account
from services.points.account.events import AccountEvent
from services.points.log import EVENTS, LOG
from shared.runtime.projections.projecting import Projector
from shared.store.pool import open_pool
from shared.testkit.databases import TestServer

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
SIZE = Size(accounts=300, entries=4_000)


def test_every_made_up_account_is_one_that_the_rules_of_folding_take() -> None:
    for life in pointed.lives(SIZE):
        state = account.fold(cast("Iterable[AccountEvent]", life.events))
        assert all(lot.left >= 0 for lot in state.lots.values())


async def test_what_stands_without_a_log_is_what_a_log_leads_to(server: TestServer) -> None:
    async with server.database("template_log") as one, server.database("template_log") as other:
        through, without = await open_pool(one.service), await open_pool(other.service)
        async with through.acquire() as connection:
            events = await fill(connection, LOG, EVENTS, pointed.lives(SIZE))
        projector = Projector(through, LOG, EVENTS, STANDING.models)
        await projector.prepare()
        await projector.drain()
        assert await stand(without, STANDING, pointed.lives(SIZE)) == events
        for model in STANDING.models:
            for name in (model.name, *(model.tally.tables if model.tally else ())):
                rows = f"select * from {name} t order by t::text"
                assert await without.fetch(rows) == await through.fetch(rows), name
        await projector.aclose()
        await through.close()
        await without.close()
