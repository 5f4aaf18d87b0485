"""`linli verify` and `linli rebuild`: are the logs whole, do the read models follow from them."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from deploy.cli.opened import inside, installed, named
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.cli.progress import progress
from deploy.local.fault import Fault
from shared.core.notes import BadNote
from shared.ops.settings import KernelSettings, Seals
from shared.runtime.hosting import Hosted, Kept
from shared.runtime.projections.rebuilding import Different, Rebuilt
from shared.runtime.seals.proving import Proved, prove
from shared.store.beside import InUse
from shared.store.seal_keys import NoSealKey


def verify(*, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Hash every event of every log again, hold it against every checkpoint that was ever signed,
    and name the first position that does not hold.

    \b
    Example:
      linli verify
    """
    found = inside(home, lambda: _verify_all(quiet=as_json))
    if as_json:
        lines = [_told(log, one) for log, one in found]
        total = sum(one.position for _, one in found)
        sound = all(line["ok"] for line in lines)
        typer.echo(json.dumps({"ok": sound, "verified": total, "logs": lines}))
    for log, one in found:
        if one.broken is not None:
            where = f"position {one.broken.position}"
            raise Fault(f"{log}: {where} does not hold: {one.broken.reason}")
        if not as_json:
            typer.echo(f"{log}: {one.position} events, every hash holds; {_sealed(one)}")


def _sealed(found: Proved) -> str:
    if not found.checkpoints:
        return "none of them is sealed"
    return f"{found.sealed} of them sealed by {found.checkpoints} checkpoints"


def _told(log: str, found: Proved) -> dict[str, object]:
    told: dict[str, object] = {"log": log, "verified": found.position, "ok": found.broken is None}
    told |= {"sealed": found.sealed, "checkpoints": found.checkpoints}
    if found.broken is not None:
        told |= {"position": found.broken.position, "reason": found.broken.reason}
    return told


def rebuild(
    service: Annotated[
        str,
        typer.Argument(
            metavar="SERVICE", help="territory, grievance, volunteer, points or dashboard"
        ),
    ],
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


async def _verify_all(*, quiet: bool) -> list[tuple[str, Proved]]:
    seals = KernelSettings().seals
    logs = [kept for hosted in installed() for kept in hosted.kept]
    return [(kept.log, await _verify(kept, seals, quiet=quiet)) for kept in logs]


async def _verify(kept: Kept, seals: Seals | None, *, quiet: bool) -> Proved:
    last = Proved(0, 0, 0)
    with progress(f"verifying {kept.log}", None, quiet=quiet) as tell:
        try:
            async for last in prove(kept.dsn(), kept.log, seals):
                tell(last.position)
        except (NoSealKey, BadNote) as fault:
            raise Fault(f"{kept.log}: its seals cannot be checked: {fault}") from None
    return last


async def _rebuild(hosted: Hosted, name: str, accept: bool, *, quiet: bool) -> Rebuilt:
    async with hosted.subscriptions() as found:
        if name not in found.models:
            known = ", ".join(sorted(found.models))
            raise Fault(f"{hosted.name} has no read model {name!r}; it has {known}")
        with progress("rebuilding", None, quiet=quiet) as tell:
            return await found.models[name].rebuild(accept=accept, progress=tell)
