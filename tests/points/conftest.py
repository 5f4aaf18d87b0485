"""The points service as a client meets it: real databases, real tokens, its own ASGI app."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.points import app as points
from services.points.log import LOG
from services.points.service import PointsService
from services.points.settings import Settings
from shared.ops.settings import Databases
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.testkit.databases import TestDatabase
from tests.points.counter import Counter, Headers
from tests.points.market import Market
from tests.points.seasons import MONTHLY, Seasons


@pytest.fixture
def settings(log_database: TestDatabase, key_database: TestDatabase, jwks_file: Path) -> Settings:
    """Settings of a service on throwaway databases."""
    return Settings(
        points=Databases(dsn=log_database.service, keys_dsn=key_database.service),
        master_key=base64.b64encode(os.urandom(32)).decode(),
        jwks_file=jwks_file,
    )


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[FastAPI]:
    """The app with its service opened."""
    app = points.api(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def service(running: FastAPI) -> PointsService:
    """The parts of the running service."""
    opened: PointsService = running.state.service
    return opened


@pytest.fixture
async def client(running: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the app."""
    transport = httpx.ASGITransport(app=running, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://linli") as made:
        yield made


@pytest.fixture
async def seasons(service: PointsService, log_database: TestDatabase) -> AsyncIterator[Seasons]:
    """The service with its read models kept up, and time passed by hand."""
    stop, executor = asyncio.Event(), Executor(log_database.service, LOG, unguarded)
    keeping = asyncio.create_task(service.projector.run(stop))
    yield Seasons(service, executor, MONTHLY)
    stop.set()
    await keeping
    await executor.aclose()


@pytest.fixture
async def market(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> Market:
    """A points supermarket over HTTP, on a small map."""
    made = Market(client, headers, service)
    await made.draw()
    return made


@pytest.fixture
async def counter(client: httpx.AsyncClient, headers: Headers, service: PointsService) -> Counter:
    """Points in a district of two communities, where some people live."""
    made = Counter(client, headers, service)
    await made.draw()
    return made
