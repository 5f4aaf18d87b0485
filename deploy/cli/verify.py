"""`linli verify` and `linli rebuild`: is the log whole, do the read models follow from it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from deploy.cli.opened import inside, named, run
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.cli.progress import progress
from deploy.local.fault import Fault
from services.grievance.log import LOG
from services.grievance.service import Grievance
from shared.runtime.hosting import Hosted
from shared.runtime.projections.rebuilding import Different, Rebuilt
from shared.store.beside import InUse
from shared.store.verify import Verified
from shared.store.verify import verify as check


def verify(*, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Hash every event again and name the first position that does not hold.

    \b
    Example:
      linli verify
    """
    found = run(home, lambda service: _verify(service, quiet=as_json))
    broken = found.broken
    if as_json:
        told = {"log": LOG, "verified": found.position, "ok": broken is None}
        if broken is not None:
            told |= {"position": broken.position, "reason": broken.reason}
        typer.echo(json.dumps(told))
    if broken is not None:
        raise Fault(f"{LOG}: position {broken.position} does not hold: {broken.reason}")
    if not as_json:
        typer.echo(f"{LOG}: {found.position} events, every hash holds")


def rebuild(
    service: Annotated[str, typer.Argument(metavar="SERVICE", help="grievance or dashboard")],
    model: Annotated[str, typer.Argument(metavar="MODEL", help="Name of the read model.")],
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Flip though rows differ.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Build a read model anew from its log or feed, compare it with the live one, flip.

    Reads go on meanwhile. Where rows differ nothing is flipped without --accept; the old tables
    are kept in the schema read_old.

    \b
    Example:
      linli rebuild grievance case_register
    """
    hosted = named(service)
    try:
        made = inside(home, lambda: _rebuild(hosted, model, accept, quiet=as_json))
    except Different as different:
        raise Fault(
            f"{model}: {different.rows} rows differ from the live ones; nothing was changed "
            "(--accept flips all the same)"
        ) from None
    except InUse:
        raise Fault(f"{model}: readers never let go of it; nothing was changed") from None
    if as_json:
        typer.echo(json.dumps({"events": made.events, "differences": made.differences}))
    else:
        typer.echo(f"{model}: rebuilt from {made.events} events, {made.differences} rows differed")


async def _verify(service: Grievance, *, quiet: bool) -> Verified:
    last = Verified(0)
    async with service.pool.acquire(timeout=10) as connection:
        with progress("verifying", await service.head(), quiet=quiet) as tell:
            async for last in check(connection, LOG):
                tell(last.position)
    return last


async def _rebuild(hosted: Hosted, name: str, accept: bool, *, quiet: bool) -> Rebuilt:
    async with hosted.subscriptions() as found:
        if name not in found.models:
            known = ", ".join(sorted(found.models))
            raise Fault(f"{hosted.name} has no read model {name!r}; it has {known}")
        with progress("rebuilding", None, quiet=quiet) as tell:
            return await found.models[name].rebuild(accept=accept, progress=tell)
