"""What the composition roots of services share: an app around a service, and its tables."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI

from shared.core.access import Access
from shared.ops.settings import Databases, KernelSettings, Misconfigured
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.web import problems
from shared.runtime.web.http import Guard
from shared.runtime.web.tokens import Verifier
from shared.store.migrate import migrate as migrate_database

Open = Callable[[Any], AbstractAsyncContextManager[Any]]


@dataclass(frozen=True)
class Served:
    """What a service answers over HTTP, and who may ask for what of it. `larger` has the paths
    that take larger bodies than others, with their limits in bytes."""

    service: str
    routers: Sequence[APIRouter]
    access: Access
    larger: Mapping[str, int] = field(default_factory=dict)


def app_of(served: Served, settings: KernelSettings, opened: Open) -> FastAPI:
    """The HTTP app; its lifespan opens the service, which its routes find at `app.state.service`.

    Raises Misconfigured, and TypeError for a route that the table of access does not name.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        keys = settings.jwks()
        app.state.verifier = Verifier(keys, issuer=settings.issuer, audience=settings.audience)
        async with opened(settings) as parts:
            app.state.service = parts
            yield

    title = f"Linli {served.service}"
    app = FastAPI(title=title, version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    for router in served.routers:
        app.include_router(router)
    problems.install(app)
    if undeclared := operations(app) - served.access.named:
        raise TypeError(f"the table of access does not name {', '.join(sorted(undeclared))}")
    app.add_middleware(Guard, service=served.service, larger=served.larger)
    return app


def operations(app: FastAPI) -> set[str]:
    """The names of what can be asked over HTTP, as its description has them."""
    paths = app.openapi()["paths"].values()
    return {operation["operationId"] for path in paths for operation in path.values()}


class Mapped(Protocol):
    """A service that keeps read models, and the map among them."""

    @property
    def watermarks(self) -> Watermarks:
        """Where its read models stand."""

    @property
    def map(self) -> MapCopy:
        """The map as it knows it."""


async def answers(app: FastAPI, model: str) -> bool:
    """Whether the app can answer: its database does, this read model of its exists, and it knows
    the district, without which it could take nothing."""
    service: Mapped | None = getattr(app.state, "service", None)
    if service is None:
        return False
    try:
        await asyncio.wait_for(service.watermarks.of(model), 5)
        atlas = await asyncio.wait_for(service.map.fresh(), 5)
    except Exception:  # whatever it is, we are not ready
        return False
    return bool(atlas.district)


def migrate_log(service: str, databases: Databases) -> None:
    """Bring a service's log and key store to today's tables.

    Raises Misconfigured without the owners' addresses.
    """
    if databases.owner_dsn is None or databases.keys_owner_dsn is None:
        prefix = f"LINLI_{service.upper()}__"
        raise Misconfigured(f"migrations need {prefix}OWNER_DSN and {prefix}KEYS_OWNER_DSN")
    migrate_database(databases.owner_dsn, tables="log", role=service)
    migrate_database(databases.keys_owner_dsn, tables="keys", role=service)
