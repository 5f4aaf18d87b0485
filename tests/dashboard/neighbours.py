"""The services beside the dashboard, each on databases of its own, served over HTTP."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from deploy.local.ports import ADDRESS, free_ports
from services.points import app as points
from services.points.settings import Settings as PointsSettings
from services.territory import app as territory
from services.territory.settings import Settings as TerritorySettings
from services.volunteer import app as volunteer
from services.volunteer.settings import Settings as VolunteerSettings
from shared.ops.settings import Databases
from shared.testkit.databases import TestServer

PATIENCE = 60.0


@asynccontextmanager
async def territory_at(server: TestServer, jwks_file: Path) -> AsyncIterator[str]:
    """Where a territory service answers; nothing is on its map."""

    def app(databases: Databases, master: str) -> FastAPI:
        told = TerritorySettings(territory=databases, master_key=master, jwks_file=jwks_file)
        return territory.api(told)

    async with _answering(server, app) as url:
        yield url


@asynccontextmanager
async def volunteers_at(server: TestServer, jwks_file: Path) -> AsyncIterator[str]:
    """Where a volunteer service answers; nobody has served yet."""

    def app(databases: Databases, master: str) -> FastAPI:
        told = VolunteerSettings(volunteer=databases, master_key=master, jwks_file=jwks_file)
        return volunteer.api(told)

    async with _answering(server, app) as url:
        yield url


@asynccontextmanager
async def points_at(server: TestServer, jwks_file: Path) -> AsyncIterator[str]:
    """Where a points service answers; nobody has any yet."""
    async with market_at(server, jwks_file) as (url, _):
        yield url


@asynccontextmanager
async def market_at(server: TestServer, jwks_file: Path) -> AsyncIterator[tuple[str, FastAPI]]:
    """Where a points service answers, and its app; nobody has points yet, no shop is open."""
    made: list[FastAPI] = []

    def app(databases: Databases, master: str) -> FastAPI:
        told = PointsSettings(points=databases, master_key=master, jwks_file=jwks_file)
        made.append(points.api(told))
        return made[0]

    async with _answering(server, app) as url:
        yield url, made[0]


@asynccontextmanager
async def _answering(
    server: TestServer, app: Callable[[Databases, str], FastAPI]
) -> AsyncIterator[str]:
    async with server.database("template_log") as log, server.database("template_keys") as keys:
        databases = Databases(dsn=log.service, keys_dsn=keys.service)
        async with serving(app(databases, base64.b64encode(os.urandom(32)).decode())) as url:
            yield url


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """Serve it over HTTP, and say where."""
    [port] = free_ports(1)
    config = uvicorn.Config(app, host=ADDRESS, port=port, ws="none", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(PATIENCE):
        while not server.started and not serving.done():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
    try:
        yield f"http://{ADDRESS}:{port}"
    finally:
        server.should_exit = True
        await asyncio.wait_for(serving, PATIENCE)
