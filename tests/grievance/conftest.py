"""The case service as a client meets it: real databases, real tokens, its own ASGI app."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.grievance import app as grievance
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from shared.ops.settings import Databases, Kafka
from shared.testkit.databases import TestDatabase
from shared.testkit.maps import lay
from tests.grievance.front_desk import FrontDesk
from tests.grievance.residents import Residents
from tests.grievance.whistle_desk import WhistleDesk

TERRITORIES = ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2", "d/s2/c9")
Headers = Callable[..., dict[str, str]]


@pytest.fixture
def settings(
    log_database: TestDatabase, key_database: TestDatabase, tmp_path: Path, jwks_file: Path
) -> Settings:
    """Settings of a service on throwaway databases; broker and feeds are out of reach."""
    token = tmp_path / "service.token"
    token.write_text("nobody is asked with it")
    return Settings(
        grievance=Databases(dsn=log_database.service, keys_dsn=key_database.service),
        master_key=base64.b64encode(os.urandom(32)).decode(),
        jwks_file=jwks_file,
        kafka=Kafka(bootstrap="127.0.0.1:1"),
        feeds={"territory": "http://127.0.0.1:1/api/territory/v1"},
        service_token_file=token,
    )


@pytest.fixture
def places() -> Sequence[str]:
    """The territories on the map, by their paths."""
    return TERRITORIES


@pytest.fixture
async def running(settings: Settings, places: Sequence[str]) -> AsyncIterator[FastAPI]:
    """The app with its service opened."""
    app = grievance.api(settings)
    async with app.router.lifespan_context(app):
        await lay(app.state.service.pool, places)
        yield app


@pytest.fixture
async def service(running: FastAPI) -> Grievance:
    """The parts of the running service; `service.projector.drain()` brings read models up."""
    opened: Grievance = running.state.service
    return opened


@pytest.fixture
async def watched(service: Grievance) -> AsyncIterator[Grievance]:
    """The service with a worker that lists who looked."""
    stop = asyncio.Event()
    task = asyncio.create_task(service.looked.run(stop))
    yield service
    stop.set()
    await task


@pytest.fixture
async def client(running: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the app."""
    transport = httpx.ASGITransport(app=running, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://linli") as made:
        yield made


@pytest.fixture
def desk(client: httpx.AsyncClient, headers: Headers) -> FrontDesk:
    """Files petitions and takes steps over HTTP."""
    return FrontDesk(client, headers)


@pytest.fixture
def residents(client: httpx.AsyncClient) -> Residents:
    """Files and follows without a login."""
    return Residents(client)


@pytest.fixture
def whistles(client: httpx.AsyncClient, headers: Headers, service: Grievance) -> WhistleDesk:
    """Blows whistles and answers them over HTTP."""
    return WhistleDesk(client, headers, service)
