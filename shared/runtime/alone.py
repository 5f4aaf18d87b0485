"""One service alone, as `python -m services.<name> api|worker|migrate`: the same paths, the same
probes as beside others."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from shared.ops import logging
from shared.runtime import hosting
from shared.runtime.hosting import Hosted


def run(service: Hosted) -> None:
    """Do what the command line asks of this service."""
    logging.configure()
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @app.command()
    def api(
        address: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    ) -> None:
        """Serve the HTTP API, with /livez, /readyz and /metrics."""
        hosting.serve(hosting.root([service]), address, port)

    @app.command()
    def worker() -> None:
        """Keep everything in step with the logs, here and elsewhere."""
        sys.exit(hosting.work([service]))

    @app.command()
    def migrate() -> None:
        """Bring the databases to today's tables."""
        service.migrate()

    app()
