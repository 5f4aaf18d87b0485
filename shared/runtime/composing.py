"""What the composition roots of services share: an app around a service, and its tables."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI

from shared.ops.settings import Databases, KernelSettings, Misconfigured
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.web import problems
from shared.runtime.web.http import Guard
from shared.runtime.web.tokens import Verifier
from shared.store.migrate import migrate as migrate_database

Open = Callable[[Any], AbstractAsyncContextManager[Any]]


def app_of(
    service: str,
    settings: KernelSettings,
    opened: Open,
    routers: Sequence[APIRouter],
    larger: Mapping[str, int] | None = None,
) -> FastAPI:
    """The HTTP app; its lifespan opens the service, which its routes find at `app.state.service`.

    `larger` has the paths that take larger bodies than others, with their limits in bytes.
    Raises Misconfigured.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        keys = settings.jwks()
        app.state.verifier = Verifier(keys, issuer=settings.issuer, audience=settings.audience)
        async with opened(settings) as parts:
            app.state.service = parts
            yield

    title = f"Linli {service}"
    app = FastAPI(title=title, version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    for router in routers:
        app.include_router(router)
    problems.install(app)
    app.add_middleware(Guard, service=service, larger=larger)
    return app


async def answers(app: FastAPI, model: str) -> bool:
    """Whether the app can answer: its database does, and this read model of its exists."""
    watermarks: Watermarks | None = getattr(getattr(app.state, "service", None), "watermarks", None)
    if watermarks is None:
        return False
    try:
        await asyncio.wait_for(watermarks.of(model), 5)
    except Exception:  # whatever it is, we are not ready
        return False
    return True


def migrate_log(service: str, databases: Databases) -> None:
    """Bring a service's log and key store to today's tables.

    Raises Misconfigured without the owners' addresses.
    """
    if databases.owner_dsn is None or databases.keys_owner_dsn is None:
        prefix = f"LINLI_{service.upper()}__"
        raise Misconfigured(f"migrations need {prefix}OWNER_DSN and {prefix}KEYS_OWNER_DSN")
    migrate_database(databases.owner_dsn, tables="log", role=service)
    migrate_database(databases.keys_owner_dsn, tables="keys", role=service)
