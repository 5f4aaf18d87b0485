"""Nothing that people write, and no token, is in what a real process logs, whatever goes wrong."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import httpx
import pytest

from services.grievance.app import api
from services.grievance.settings import Settings
from shared.testkit.databases import TestDatabase
from shared.testkit.maps import lay
from tests.grievance.conftest import TERRITORIES
from tests.grievance.front_desk import PETITION, FrontDesk, Headers, fresh_key, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio, pytest.mark.system]
ROOT = Path(__file__).parents[2]
MARK = "明月照沟渠"


def _environment(settings: Settings) -> dict[str, str]:
    assert settings.master_key is not None
    return os.environ | {
        "LINLI_GRIEVANCE__DSN": settings.grievance.dsn,
        "LINLI_GRIEVANCE__KEYS_DSN": settings.grievance.keys_dsn,
        "LINLI_MASTER_KEY": settings.master_key.get_secret_value(),
        "LINLI_JWKS_FILE": str(settings.jwks_file),
    }


@pytest.fixture
async def process(
    settings: Settings, log_database: TestDatabase
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The service alone in a process of its own, and its address."""
    app = api(settings)
    async with app.router.lifespan_context(app):
        await lay(app.state.service.pool, TERRITORIES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.grievance", "api", "--port", str(port),
        cwd=ROOT, env=_environment(settings), stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield running, f"http://127.0.0.1:{port}"
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def _ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def _break(owner: asyncpg.Connection) -> None:
    """Faults that quote what they fail on."""
    await owner.execute(
        "alter table event add constraint refuse check (payload is null) not valid;"
        "alter table read.case_register rename column raised_at to raised_gone"
    )


async def test_no_word_of_a_petition_and_no_token_is_logged(
    process: tuple[asyncio.subprocess.Process, str], headers: Headers, log_database: TestDatabase
) -> None:
    running, address = process
    marked = {**PETITION, **dict.fromkeys(("subject", "details", "name", "address"), MARK)}
    told: dict[str, Any] = {"sub": f"clerk-{fresh_key()}"}
    base = f"{address}/api/grievance/v1"
    async with httpx.AsyncClient(base_url=address) as probe:
        await _ready(probe)
    async with httpx.AsyncClient(base_url=base) as client:
        desk = FrontDesk(client, headers)
        filed = await desk.file(told, **marked)
        await desk.walk(filed["id"], "accept")
        refused(await desk.read("/cases", state=MARK), 422)
        sent = headers(**told)
        refused(await client.post("/cases", json={**marked, MARK: MARK}, headers=sent), 422)
        refused(await client.post("/cases", json={**marked, "phone": MARK}, headers=sent), 422)
        refused(await client.post("/cases", content=f'{{"{MARK}'.encode(), headers=sent), 415)
        refused(await client.get(f"/cases/{MARK}", headers=sent), 422)
        owner = await asyncpg.connect(log_database.owner)
        await _break(owner)
        await owner.close()
        for broken in (
            await client.post("/cases", json=marked, headers=sent),
            await client.get(
                "/cases", params={"state": "closed", "unit": MARK, "q": MARK}, headers=sent
            ),
        ):
            problem = refused(broken, 500, "internal_error")
            assert MARK not in str(problem)
    running.terminate()
    _, said = await running.communicate()
    lines = [json.loads(line) for line in said.decode().splitlines()]
    assert [line["event"] for line in lines].count("http.failed") == 2, said.decode()
    for private in (
        MARK, quote(MARK), json.dumps(MARK)[1:-1], PETITION["phone"], PETITION["email"],
        told["sub"], sent["authorization"][7:], "Traceback",
    ):  # fmt: skip
        assert private not in said.decode()
    assert running.returncode in (0, -signal.SIGTERM)
