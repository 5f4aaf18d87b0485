"""The web process: the HTTP APIs of all services side by side, on loopback only."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from deploy.local import logs
from deploy.local.front_page import front_page
from deploy.local.issuer import issuer
from deploy.local.mounted import Mounted

ADDRESS = "127.0.0.1"
DRAIN_SECONDS = 10


def root(services: Sequence[Mounted], *, issuer_key: Path | None) -> Starlette:
    """One ASGI app over all services; with a key, this process also issues tokens."""
    apps = {service: service.api() for service in services}

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # the lifespan of a mounted app does not run by itself
        async with AsyncExitStack() as stack:
            for app in apps.values():
                await stack.enter_async_context(app.router.lifespan_context(app))
            yield

    async def readyz(_: Request) -> Response:
        answers = {service.name: await service.ready(app) for service, app in apps.items()}
        return JSONResponse(answers, status_code=200 if all(answers.values()) else 503)

    mounts: list[BaseRoute] = [Mount(service.path, app) for service, app in apps.items()]
    if issuer_key is not None:
        mounts.append(Mount("/dev", _issuer_app(issuer_key)))
    routes: list[BaseRoute] = [
        *mounts,
        Route("/livez", _livez),
        Route("/readyz", readyz),
        Route("/metrics", _metrics),
        Route("/", front_page(services, issues=issuer_key is not None)),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _livez(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _metrics(_: Request) -> Response:
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # the worker's figures are there too
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _issuer_app(key_file: Path) -> FastAPI:
    app = FastAPI(title="Linli local token issuer", docs_url=None, redoc_url=None)
    app.include_router(issuer(key_file))
    return app


def serve(port: Annotated[int, typer.Option(min=1, max=65535)]) -> None:
    """Serve until SIGTERM or SIGINT."""
    from deploy.local.installed import INSTALLED

    logs.configure()
    local = os.environ.get("LINLI_PROFILE") == "local"
    key = os.environ.get("LINLI_ISSUER_KEY_FILE") if local else None
    uvicorn.run(
        root(INSTALLED, issuer_key=Path(key) if key else None),
        host=ADDRESS,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


if __name__ == "__main__":
    typer.run(serve)
