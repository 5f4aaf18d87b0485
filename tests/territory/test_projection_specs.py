"""Every read model of the territory service, on a district that lived at random."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

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
from shared.core.envelope import Recorded
from shared.store.pool import Pool, connect, open_pool
from shared.testkit.contents import Model, folded
from shared.testkit.databases import TestServer
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


class Lived(NamedTuple):
    """A log that holds this history, to be cloned."""

    name: str
    history: Sequence[Recorded[Any]]


@pytest.fixture(scope="module")
async def lived(server: TestServer) -> AsyncIterator[Lived]:
    """A district that lived at random."""
    async with server.database("template_log") as database:
        connection = await connect(database.service)
        await Organised(seed=1).live(connection, STEPS)
        history = await logged(connection)
        await connection.close()
        yield Lived(database.name, history)


@asynccontextmanager
async def _cloned(server: TestServer, template: str) -> AsyncIterator[Pool]:
    """Connections of the service's role to a log of its own."""
    async with server.database(template) as database:
        pool = await open_pool(database.service)
        yield pool
        await pool.close()


@pytest.mark.parametrize("model", LIVED, ids=lambda model: model.name)
async def test_a_read_model_holds(server: TestServer, lived: Lived, model: Model) -> None:
    history = lived.history
    missing = EVENTS.classes.keys() - ELSEWHERE - {one.type for one in history}
    assert missing == set(), "these were to be tried"
    assert folded(model, history).rows, "there is something to hold"
    async with _cloned(server, lived.name) as pool:
        await holds(pool, model, LOG, EVENTS)


async def test_other_services_keep_the_same_catalogues(server: TestServer, lived: Lived) -> None:
    own = folded(dispatch_catalogue, lived.history).rows
    async with _cloned(server, lived.name) as pool:
        async with pool.acquire() as connection:
            topic = await published(connection, PUBLICATION)
        assert len(own) > 3
        assert folded(dispatch_catalogue, topic.history()).rows == own
        await follows(pool, dispatch_catalogue, topic)
