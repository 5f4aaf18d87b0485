"""Processes that hold services: their HTTP apps side by side, or their work. One or many: the same
paths, the same probes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from shared.core.access import Access
from shared.ops import collector, metrics
from shared.runtime.sampling import Sampling
from shared.runtime.subscriptions import Subscriptions
from shared.store.pool import TRANSIENT

DRAIN_SECONDS = 10
RETRY_SECONDS = 1.0
COUNT_SECONDS = 5.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Kept:
    """A log that a service owns, where it is kept, and where the keys of its persons are."""

    log: str
    dsn: Callable[[], str]
    keys: Callable[[], str] | None = None


@dataclass(frozen=True, eq=False)
class Hosted:
    """One service: it reads its own settings, and opens its own pools in its lifespan. `kept` are
    all the logs it owns; `pages` are the web pages over its app, at the root of the origin; one
    service has them."""

    name: str
    title: str
    migrate: Callable[[], None]
    api: Callable[[], FastAPI]
    ready: Callable[[FastAPI], Awaitable[bool]]
    work: Callable[[asyncio.Event], Coroutine[None, None, None]]
    sampling: Sampling
    subscriptions: Callable[[], AbstractAsyncContextManager[Subscriptions]]
    access: Access
    kept: Sequence[Kept] = ()
    pages: Callable[[FastAPI], FastAPI] | None = None

    @property
    def path(self) -> str:
        """Where its HTTP API is mounted."""
        return f"/api/{self.name}/v1"


def root(services: Sequence[Hosted], *, beside: Sequence[BaseRoute] = ()) -> Starlette:
    """One ASGI app over the services, with `/livez`, `/readyz`, `/metrics`, what is `beside`, and
    the pages for everything else."""
    apps = {service: service.api() for service in services}
    pages = [service.pages(app) for service, app in apps.items() if service.pages is not None]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # the lifespan of a mounted app does not run by itself
        async with AsyncExitStack() as stack:
            for app in (*apps.values(), *pages):
                await stack.enter_async_context(app.router.lifespan_context(app))
            await stack.enter_async_context(_counting_tasks())
            yield

    async def readyz(_: Request) -> Response:
        answers = {service.name: await service.ready(app) for service, app in apps.items()}
        return JSONResponse(answers, status_code=200 if all(answers.values()) else 503)

    mounts: list[BaseRoute] = [Mount(service.path, app) for service, app in apps.items()]
    probes = [Route("/livez", _livez), Route("/readyz", readyz), Route("/metrics", _metrics)]
    shown = [Mount("/", app) for app in pages]
    return Starlette(routes=[*mounts, *probes, *beside, *shown], lifespan=lifespan)


def serve(app: Starlette, address: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was begun."""
    collector.settle()
    uvicorn.run(
        app,
        host=address,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # nothing asks where a request came from
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def work(services: Sequence[Hosted]) -> int:
    """Run every service's work until SIGTERM or SIGINT. The exit code: 1 when one failed."""
    collector.settle()
    try:
        uvloop.run(work_all(services))
    except ExceptionGroup as faults:
        for fault in _causes(faults):
            log.error("worker.failed", exc_info=fault)
        return 1
    return 0


async def work_all(services: Sequence[Hosted]) -> None:
    """All services' work at once; one that fails, or ends by itself, ends all."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with _counting_tasks(), asyncio.TaskGroup() as group:
        for service in services:
            group.create_task(_keep(service, stop))


@asynccontextmanager
async def _counting_tasks() -> AsyncIterator[None]:
    async def count() -> None:
        while True:
            metrics.TASKS.set(len(asyncio.all_tasks()))
            await asyncio.sleep(COUNT_SECONDS)

    counting = asyncio.create_task(count())
    try:
        yield
    finally:
        counting.cancel()


async def _keep(service: Hosted, stop: asyncio.Event) -> None:
    """Do the work; while its databases cannot be reached, try again."""
    while not stop.is_set():
        try:
            await service.work(stop)
        except TRANSIENT as fault:
            log.warning("worker.waits", service=service.name, fault=type(fault).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETRY_SECONDS)
        else:
            if not stop.is_set():
                raise RuntimeError(f"the work of {service.name} ended by itself")


def _causes(faults: ExceptionGroup[Exception]) -> Iterator[Exception]:
    for fault in faults.exceptions:
        if isinstance(fault, ExceptionGroup):
            yield from _causes(fault)
        else:
            yield fault


async def _livez(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _metrics(_: Request) -> Response:
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # the figures of this machine's other processes
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
