"""Every read model of the territory service, on a district that lived at random."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.territory.app import PUBLICATION
from services.territory.erasure.events import ErasureEvent
from services.territory.log import EVENTS, LOG
from services.territory.map.events import MapEvent
from services.territory.projections.dispatch_catalogue import dispatch_catalogue
from services.territory.projections.households import households
from services.territory.resident.events import ResidentEvent
from services.territory.roster.events import RosterEvent
from services.territory.service import MODELS, OF_PERSONS
from shared.core.catalogue import Catalogue
from shared.store.pool import Pool, open_pool
from shared.testkit.contents import Model, folded
from shared.testkit.databases import TestDatabase
from shared.testkit.deliveries import published
from shared.testkit.projections import follows, holds
from tests.territory.organisation_lives import Organised, logged

pytestmark = pytest.mark.postgres

STEPS = 3_000
# The lives of people, their erasures and their households are lived in tests of their own.
ELSEWHERE = {
    type_
    for events in (MapEvent, ResidentEvent, ErasureEvent, RosterEvent)
    for type_ in Catalogue.of(events).classes
}
LIVED = [model for model in MODELS if model not in (*OF_PERSONS, households)]


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.mark.parametrize("model", LIVED, ids=lambda model: model.name)
async def test_a_read_model_holds(pool: Pool, model: Model) -> None:
    async with pool.acquire() as connection:
        await Organised(seed=1).live(connection, STEPS)
        history = await logged(connection)
    missing = EVENTS.classes.keys() - ELSEWHERE - {one.type for one in history}
    assert missing == set(), "these were to be tried"
    assert folded(model, history).rows, "there is something to hold"
    await holds(pool, model, LOG, EVENTS)


async def test_other_services_keep_the_same_catalogues(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await Organised(seed=2).live(connection, STEPS)
        topic = await published(connection, PUBLICATION)
        own = folded(dispatch_catalogue, await logged(connection)).rows
    assert len(own) > 3
    assert folded(dispatch_catalogue, topic.history()).rows == own
    await follows(pool, dispatch_catalogue, topic)
