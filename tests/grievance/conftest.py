"""The case service as a client meets it: real databases, real tokens, its own ASGI app."""

from __future__ import annotations

import base64
import json
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from services.grievance import app as grievance
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from shared.ops.settings import Databases
from shared.testkit.databases import TestDatabase
from tests.grievance.front_desk import FrontDesk

TERRITORIES = ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2", "d/s2/c9")
Headers = Callable[..., dict[str, str]]


@pytest.fixture
def settings(
    log_database: TestDatabase, key_database: TestDatabase, tmp_path: Path, signing_key: OKPKey
) -> Settings:
    """Settings of a service on throwaway databases."""
    places = tmp_path / "territories.txt"
    places.write_text("\n".join(TERRITORIES))
    jwks = tmp_path / "jwks.json"
    public = KeySet([signing_key]).as_dict(private=False)
    jwks.write_text(json.dumps(public))
    return Settings(
        grievance=Databases(dsn=log_database.service, keys_dsn=key_database.service),
        master_key=base64.b64encode(os.urandom(32)).decode(),
        jwks_file=jwks,
        territories_file=places,
    )


@pytest.fixture(scope="session")
def signing_key() -> OKPKey:
    """The token issuer's key."""
    return OKPKey.generate_key("Ed25519", {"kid": "test", "alg": "Ed25519", "use": "sig"})


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[FastAPI]:
    """The app with its service opened."""
    app = grievance.api(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def service(running: FastAPI) -> Grievance:
    """The parts of the running service; `service.projector.drain()` brings read models up."""
    opened: Grievance = running.state.service
    return opened


@pytest.fixture
async def client(running: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the app."""
    transport = httpx.ASGITransport(app=running, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://linli") as made:
        yield made


@pytest.fixture
def token(signing_key: OKPKey) -> Callable[..., str]:
    """Makes tokens: `token("clerk", roles=…, territory=…, unit=…, **claims)`."""

    def make(
        sub: str = "clerk-1",
        *,
        roles: tuple[str, ...] = ("dispatcher",),
        territory: str = "d",
        unit: str | None = None,
        claims: Mapping[str, object] | None = None,
    ) -> str:
        content: dict[str, object] = {
            "iss": "linli-local", "aud": "linli", "sub": sub, "roles": list(roles),
            "territory": territory, "exp": int(time.time()) + 600,
        }  # fmt: skip
        if unit:
            content["unit"] = unit
        header = {"alg": "Ed25519", "typ": "at+jwt", "kid": "test"}
        return jwt.encode(
            header, {**content, **(claims or {})}, signing_key, algorithms=["Ed25519"]
        )

    return make


@pytest.fixture
def headers(token: Callable[..., str]) -> Headers:
    """Makes request headers: a token, a fresh Idempotency-Key unless given, If-Match if given."""

    def make(
        sub: str = "clerk-1",
        *,
        key: str | None = None,
        version: int | None = None,
        **about: object,
    ) -> dict[str, str]:
        made = {
            "authorization": f"Bearer {token(sub, **about)}",
            "idempotency-key": f'"{key or uuid4().hex}"',
        }
        return made if version is None else {**made, "if-match": f'"{version}"'}

    return make


@pytest.fixture
def desk(client: httpx.AsyncClient, headers: Headers) -> FrontDesk:
    """Files petitions and takes steps over HTTP."""
    return FrontDesk(client, headers)
