"""Every read model of the dashboard, told of cases that lived at random."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.dashboard.service import MODELS
from services.grievance.app import PUBLICATION
from shared.store.pool import Pool, open_pool
from shared.testkit.contents import Model, folded
from shared.testkit.databases import TestDatabase
from shared.testkit.deliveries import published
from shared.testkit.projections import follows
from tests.grievance.lives import live_at_random

pytestmark = pytest.mark.postgres


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_a_read_model_follows(pool: Pool, model: Model) -> None:
    async with pool.acquire() as connection:
        await live_at_random(connection, seed=2, lives={}, steps=200)
        topic = await published(connection, PUBLICATION)
    kinds = {one.type for one in topic.sent}
    assert {"case-corrected", "case-closed", "case-reopened"} <= kinds, "these were to be tried"
    assert folded(model, topic.history()).rows, "there is something to hold"
    await follows(pool, model, topic)
