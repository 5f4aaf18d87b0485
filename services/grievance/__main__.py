"""`python -m services.grievance api|worker|migrate`: this service alone, under the same paths."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from services.grievance.app import grievance
from shared.ops import logging
from shared.runtime import hosting

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def api(
    address: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
) -> None:
    """Serve the HTTP API under /api/grievance/v1, with /livez, /readyz and /metrics."""
    hosting.serve(hosting.root([grievance]), address, port)


@app.command()
def worker() -> None:
    """Keep read models and key store in step with the log."""
    sys.exit(hosting.work([grievance]))


@app.command()
def migrate() -> None:
    """Bring the databases to today's tables."""
    grievance.migrate()


if __name__ == "__main__":
    logging.configure()
    app()
