"""Every read model of the case service, on cases that lived at random; someone was erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from services.grievance.log import EVENTS, LOG
from services.grievance.service import MODELS
from shared.core.canonical import Facts
from shared.core.person.events import SubjectErased
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection, Pool, open_pool
from shared.testkit.contents import Model, folded
from shared.testkit.databases import TestDatabase
from shared.testkit.projections import holds
from tests.grievance.campaigns import hold_at_random
from tests.grievance.cases import MAY_1, PERSON
from tests.grievance.lives import Lives, live_at_random, logged, publish_at_random
from tests.grievance.telling.lots import tell_at_random
from tests.grievance.whistle_lives import blow_at_random

pytestmark = pytest.mark.postgres

PERSONS_STREAM = UUID(int=8)
TO_BE_TRIED = {
    "campaign-closed", "case-corrected", "case-closed", "subject-erased", "unit-overdue",
    "whistle-ended",
}  # fmt: skip


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


async def live(connection: Connection, seed: int) -> None:
    """Rule books, some cases and their notices, an erasure, more of them; whistles and
    campaigns, too."""
    lives: Lives = {}
    await publish_at_random(connection, seed)
    await tell_at_random(connection, seed, await live_at_random(connection, seed, lives, steps=120))
    await append(connection, LOG, [_erasure()])
    later = await live_at_random(connection, seed + 1, lives, steps=120)
    await tell_at_random(connection, seed + 1, later)
    await blow_at_random(connection, seed)
    await hold_at_random(connection, seed)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_a_read_model_holds(pool: Pool, model: Model) -> None:
    async with pool.acquire() as connection:
        await live(connection, seed=1)
        history = await logged(connection)
    kinds = {one.type for one in history}
    assert {
        "case-corrected",
        "case-closed",
        "subject-erased",
        "whistle-ended",
        "unit-overdue",
        "notice-failed",
        "notice-delivered",
    } <= kinds, "these were to be tried"
    assert folded(model, history).rows, "there is something to hold"
    await holds(pool, model, LOG, EVENTS)


def _erasure() -> Decided:
    event = SubjectErased(at=MAY_1, subject=PERSON, territory="d", reason="own_request")
    facts = Facts(
        LOG, PERSONS_STREAM, 1, event.type, 1, "d", "clerk-1", PERSONS_STREAM, PERSONS_STREAM, None,
        "live", event.at, EVENTS.encode(event),
    )  # fmt: skip
    return Decided(PERSONS_STREAM, b"erased", (Check(PERSONS_STREAM, 0),), (facts,))
