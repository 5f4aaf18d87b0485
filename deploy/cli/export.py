"""`linli audit export`: a case as a file that a third party can check without us."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.opened import found, operator, run
from deploy.cli.options import DEFAULT_HOME, HomeOption
from deploy.local.fault import Fault
from services.grievance.evidence.exporting import Bundle, exported
from services.grievance.service import Grievance
from shared.runtime.web.problems import Problem

OWNER_ONLY = 0o600  # it may hold what people wrote


def export(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Id, source's id or number.")],
    *,
    redacted: Annotated[
        bool, typer.Option("--redacted", help="Show nothing that was sealed.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Write the evidence of a case: its events, the proof of them, and a page to read.

    Waits some seconds where the last event is not sealed yet. What it proves, and how to check it
    without Linli: docs/evidence/bundle.md.

    \b
    Example:
      linli audit export 2549 --redacted --out 2549.zip
      python docs/evidence/verify_bundle.py 2549.zip --history
    """
    bundle = run(home, lambda service: made(service, case, redacted=redacted))
    path = out or Path(bundle.name)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(bundle.content)
    typer.echo(str(path))


async def made(service: Grievance, name: str, *, redacted: bool) -> Bundle:
    """The evidence of the case of this name. Raises Fault."""
    try:
        return await exported(service, await found(service, name), operator(), redacted=redacted)
    except Problem as problem:
        raise Fault(problem.detail) from None
