"""`python -m services.dashboard api|worker|migrate`: this service alone, under the same paths."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from services.dashboard.app import dashboard
from shared.ops import logging
from shared.runtime import hosting

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def api(
    address: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
) -> None:
    """Serve the HTTP API under /api/dashboard/v1, with /livez, /readyz and /metrics."""
    hosting.serve(hosting.root([dashboard]), address, port)


@app.command()
def worker() -> None:
    """Keep the read models in step with what other services publish; needs the broker."""
    sys.exit(hosting.work([dashboard]))


@app.command()
def migrate() -> None:
    """Bring the database to today's tables."""
    dashboard.migrate()


if __name__ == "__main__":
    logging.configure()
    app()
