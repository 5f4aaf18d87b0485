"""`linli seals`: what was sealed, and the keys that seal."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from deploy.cli.opened import inside, installed
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.local.fault import Fault
from shared.core.checkpoint import Checkpoint
from shared.core.notes import BadNote
from shared.ops.settings import KernelSettings, Seals
from shared.runtime.hosting import Kept
from shared.runtime.seals.places import folder_of
from shared.store import checks, epochs, seal_keys
from shared.store.pool import connect
from shared.store.seal_keys import KEYS, NoSealKey

app = typer.Typer(no_args_is_help=True, help="Checkpoints of the logs, and the keys they carry.")


@dataclass(frozen=True)
class State:
    """Where one log stands."""

    log: str
    epoch: int
    sealed: int
    sealed_at: str | None
    witnessed: dict[str, int]
    checked: int
    broken_at: int | None
    reason: str | None


@app.command()
def status(home: HomeOption = DEFAULT_HOME, *, as_json: JsonOption = False) -> None:
    """Print how far each log is sealed, witnessed and checked.

    \b
    Example:
      linli seals status
    """
    found = inside(home, _states)
    if as_json:
        typer.echo(json.dumps([vars(one) for one in found]))
        return
    for one in found:
        typer.echo(f"{one.log} (epoch {one.epoch}): {one.sealed} events sealed, {one.sealed_at}")
        for name, size in one.witnessed.items():
            typer.echo(f"  {size} witnessed by {name}")
        typer.echo(f"  {one.checked} found whole by the last round of checks")
        if one.broken_at is not None:
            typer.echo(f"  ALARM: position {one.broken_at} does not hold: {one.reason}")


@app.command()
def keys(home: HomeOption = DEFAULT_HOME) -> None:
    """Print the public keys, the latest last: what a witness and a verifier need.

    \b
    Example:
      linli seals keys
    """
    found = inside(home, _keys)
    if not found:
        raise Fault("nothing is sealed yet; start with: linli up --detach")
    for key in found:
        typer.echo(key)


@app.command()
def rotate(home: HomeOption = DEFAULT_HOME) -> None:
    """Put a new key before the present one. Both sign from the next checkpoint on, which ties the
    new one to the old; `linli seals retire` then ends the old one.

    \b
    Example:
      linli seals rotate
    """
    path = _key_file(home)
    known = seal_keys.read_private(path)
    if len(known) > 1:
        raise Fault("two keys sign already; end the old one first: linli seals retire")
    seal_keys.write_private(path, [seal_keys.made(known[0].name), *known])
    typer.echo(f"{seal_keys.read_private(path)[0].public}")


@app.command()
def retire(home: HomeOption = DEFAULT_HOME) -> None:
    """End the old key, once a checkpoint that both have signed is on record.

    \b
    Example:
      linli seals retire
    """
    path = _key_file(home)
    known = seal_keys.read_private(path)
    if len(known) == 1:
        raise Fault("only one key signs; linli seals rotate makes another")
    place = inside(home, _place)
    tied = seal_keys.trusted(place, [known[-1].public])
    if known[0].public not in tied:
        raise Fault("no checkpoint carries both keys yet: is the worker running?")
    seal_keys.write_private(path, known[:1])
    typer.echo(f"{known[0].public}")


def _key_file(home: Path) -> Path:
    known = inside(home, _known)
    if known.key_file is None:
        raise Fault("LINLI_SEALS__KEY_FILE is not set")
    try:
        seal_keys.read_private(known.key_file)
    except NoSealKey as fault:
        raise Fault(str(fault)) from None
    return known.key_file


async def _known() -> Seals:
    seals = KernelSettings().seals
    if seals is None:
        raise Fault("LINLI_SEALS__PLACE is not set")
    return seals


async def _place() -> Path:
    return (await _known()).place


async def _keys() -> list[str]:
    return [str(key) for key in seal_keys.read_public(await _place() / KEYS)]


async def _states() -> list[State]:
    place = await _place()
    logs = [kept for hosted in installed() for kept in hosted.kept]
    try:
        return list(await asyncio.gather(*(_state(kept, place) for kept in logs)))
    except BadNote as fault:
        raise Fault(f"a checkpoint cannot be read: {fault}") from None


async def _state(kept: Kept, place: Path) -> State:
    connection = await connect(kept.dsn())
    try:
        epoch = await epochs.begin(connection, kept.log)
        check = await checks.of(connection, kept.log)
    finally:
        await connection.close()
    folder = folder_of(place, epoch)
    note = folder.latest()
    point = Checkpoint.parse(note.text) if note else None
    witnessed: dict[str, Any] = {}
    for one in folder.cosigned():
        witnessed[one.lines[-1].name] = Checkpoint.parse(one.text).size
    return State(
        log=kept.log,
        epoch=epoch.number,
        sealed=point.size if point else 0,
        sealed_at=point.sealed_at.isoformat() if point else None,
        witnessed=witnessed,
        checked=check.position if check else 0,
        broken_at=check.broken_at if check else None,
        reason=check.reason if check else None,
    )
