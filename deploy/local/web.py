"""The web process: the HTTP APIs of all services side by side, on loopback only."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from deploy.local.front_page import front_page
from deploy.local.issuer import issuer
from shared.ops import logging
from shared.runtime import hosting
from shared.runtime.hosting import Hosted

ADDRESS = "127.0.0.1"


def root(services: Sequence[Hosted], *, issuer_key: Path | None) -> Starlette:
    """The services' apps and the front page; with a key, this process also issues tokens."""
    page = Route("/apis", front_page(services, issues=issuer_key is not None))
    beside: list[BaseRoute] = [page]
    if issuer_key is not None:
        beside.append(Mount("/dev", _issuer_app(issuer_key)))
    return hosting.root(services, beside=beside)


def _issuer_app(key_file: Path) -> FastAPI:
    app = FastAPI(title="Linli local token issuer", docs_url=None, redoc_url=None)
    app.include_router(issuer(key_file))
    return app


def serve(port: Annotated[int, typer.Option(min=1, max=65535)]) -> None:
    """Serve until SIGTERM or SIGINT."""
    from deploy.local.installed import INSTALLED

    logging.configure()
    local = os.environ.get("LINLI_PROFILE") == "local"
    key = os.environ.get("LINLI_ISSUER_KEY_FILE") if local else None
    hosting.serve(root(INSTALLED, issuer_key=Path(key) if key else None), ADDRESS, port)


if __name__ == "__main__":
    typer.run(serve)
