"""The dashboard as a client meets it: a real database, real tokens, contracts as they arrive."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from services.dashboard import app as dashboard
from services.dashboard.projections.case_days import case_days
from services.dashboard.service import Dashboard
from services.dashboard.settings import Database, Settings
from shared.contracts.grievance import GRIEVANCE
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.testkit.databases import TestDatabase
from tests.dashboard.told import PARTITIONS

Headers = Callable[..., dict[str, str]]
NOWHERE = "http://127.0.0.1:1/api/grievance/v1"


@pytest.fixture(scope="session")
def signing_key() -> OKPKey:
    """The token issuer's key."""
    return OKPKey.generate_key("Ed25519", {"kid": "test", "alg": "Ed25519", "use": "sig"})


@pytest.fixture
def settings(log_database: TestDatabase, tmp_path: Path, signing_key: OKPKey) -> Settings:
    """Settings of the dashboard on a throwaway database; no broker, no feed."""
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps(KeySet([signing_key]).as_dict(private=False)))
    return Settings(dashboard=Database(dsn=log_database.service), jwks_file=jwks)


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[FastAPI]:
    """The app with its service opened."""
    app = dashboard.api(settings)
    async with app.router.lifespan_context(app):
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
    made = Consumer(service.pool, case_days, GRIEVANCE, feed, PARTITIONS)
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
def headers(signing_key: OKPKey) -> Headers:
    """Makes request headers with a token of these roles and this territory."""

    def make(*roles: str, territory: str = "d") -> dict[str, str]:
        claims: dict[str, object] = {
            "iss": "linli-local", "aud": "linli", "sub": "someone", "territory": territory,
            "roles": list(roles or ("supervisor",)), "exp": int(time.time()) + 600,
        }  # fmt: skip
        header = {"alg": "Ed25519", "typ": "at+jwt", "kid": "test"}
        token = jwt.encode(header, claims, signing_key, algorithms=["Ed25519"])
        return {"authorization": f"Bearer {token}"}

    return make
