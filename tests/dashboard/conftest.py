"""The dashboard as a client meets it: a real database, real tokens, contracts as they arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.dashboard import app as dashboard
from services.dashboard.projections.case_lives import case_lives
from services.dashboard.service import Dashboard
from services.dashboard.settings import Database, Settings
from shared.contracts.grievance import GRIEVANCE
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.testkit.databases import TestDatabase
from shared.testkit.maps import lay
from tests.dashboard.told import PARTITIONS

TERRITORIES = ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2", "d/s3")
Headers = Callable[..., dict[str, str]]
NOWHERE = "http://127.0.0.1:1/api/grievance/v1"


@pytest.fixture
def settings(log_database: TestDatabase, jwks_file: Path) -> Settings:
    """Settings of the dashboard on a throwaway database; no broker, no feed."""
    return Settings(dashboard=Database(dsn=log_database.service), jwks_file=jwks_file)


@pytest.fixture
def places() -> Sequence[str]:
    """The territories on the map, by their paths."""
    return TERRITORIES


@pytest.fixture
async def running(settings: Settings, places: Sequence[str]) -> AsyncIterator[FastAPI]:
    """The app with its service opened."""
    app = dashboard.api(settings)
    async with app.router.lifespan_context(app):
        await lay(app.state.service.pool, places)
        yield app


@pytest.fixture
async def service(running: FastAPI) -> Dashboard:
    """The parts of the running service."""
    opened: Dashboard = running.state.service
    return opened


@pytest.fixture
async def consumer(service: Dashboard) -> AsyncIterator[Consumer]:
    """What keeps the read model; its feed is not there."""
    feed = FeedClient(NOWHERE, lambda: "")
    made = Consumer(service.pool, case_lives, GRIEVANCE, feed, PARTITIONS)
    await made.prepare()
    yield made
    await feed.aclose()


@pytest.fixture
async def client(running: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the app."""
    transport = httpx.ASGITransport(app=running, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://linli") as made:
        yield made


@pytest.fixture
def headers(token: Callable[..., str]) -> Headers:
    """Makes request headers with a token of these roles and this territory."""

    def make(*roles: str, territory: str = "d") -> dict[str, str]:
        signed = token("someone", roles=roles or ("supervisor",), territory=territory)
        return {"authorization": f"Bearer {signed}"}

    return make
