"""`linli audit epoch`, `linli audit compensations`: when a restore has lost the end of a log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.opened import inside, named
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.local.fault import Fault
from shared.runtime.hosting import Kept
from shared.store import compensations as store
from shared.store import epochs
from shared.store.compensations import Compensation
from shared.store.epochs import Epoch, NoSuchFork
from shared.store.pool import connect

ServiceArgument = Annotated[
    str, typer.Argument(metavar="SERVICE", help="A service that owns a log.")
]


class Wanted(NamedTuple):
    """What is asked for: where the log forks, in which epoch, and why."""

    fork: int | None
    number: int | None
    reason: str


def epoch(
    service: ServiceArgument,
    *,
    reason: Annotated[str, typer.Option(help="What happened, for those who look later.")],
    fork: Annotated[
        int | None, typer.Option(min=0, help="Last position that is as before.")
    ] = None,
    number: Annotated[int | None, typer.Option(min=2, help="Of the new epoch.")] = None,
    log: Annotated[str | None, typer.Option(help="Of the service's logs this one only.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Begin another epoch of a service's logs whose end was lost by a restore or a promotion.

    Do it before the service is started again. Readers that had gone past the fork are built anew;
    what policies had done for what is lost is listed by `linli audit compensations`.

    Without --fork the log forks where it ends now. If it was written to since the restore, name the
    last position that was restored: one too early costs time, one too late leaves readers wrong.
    Without --number the next one is taken. A copy that is older than an earlier epoch does not know
    of it: name a number that was never used, and no later fork than any that it does not know.

    \b
    Example:
      linli audit epoch grievance --reason "disk lost, backup of 03:00"
    """
    if not reason.strip():
        raise Fault("--reason says nothing")
    kept = _logs(service, log)
    if len(kept) > 1 and not (fork is None and number is None):
        raise Fault(f"{service} owns several logs: name one with --log")
    try:
        made = inside(home, lambda: _raise(kept, Wanted(fork, number, reason)))
    except NoSuchFork as no:
        raise Fault(f"{no}; nothing was changed") from None
    if as_json:
        typer.echo(json.dumps([o._asdict() for o in made], default=str, ensure_ascii=False))
    else:
        typer.echo("\n".join(_told(one) for one in made))


def compensations(
    service: ServiceArgument, *, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False
) -> None:
    """What a service did because of events that other logs have lost, to be looked at.

    Each line names the event that is gone, and the streams and events here that followed from it.

    \b
    Example:
      linli audit compensations grievance
    """
    kept = _logs(service, None)
    found = inside(home, lambda: _list(kept))
    if as_json:
        typer.echo(json.dumps([one._asdict() for one in found], default=str, ensure_ascii=False))
    elif found:
        _print(found)
    else:
        typer.echo("nothing was done for what is lost")


def _logs(service: str, name: str | None) -> list[Kept]:
    """The logs of a service, or the one of this name. Raises Fault where there is none."""
    found = [kept for kept in named(service).kept if name in (None, kept.log)]
    if not found:
        raise Fault(f"{service} owns no log" + (f" {name}" if name else ""))
    return found


async def _raise(kept: Sequence[Kept], wanted: Wanted) -> list[Epoch]:
    made: list[Epoch] = []
    for one in kept:
        connection = await connect(one.dsn())
        try:
            fork, number, reason = wanted
            made.append(await epochs.raise_epoch(connection, one.log, fork, reason, number=number))
        finally:
            await connection.close()
    return made


async def _list(kept: Sequence[Kept]) -> list[Compensation]:
    """The lists of all databases that these logs are in."""
    lines: list[Compensation] = []
    for dsn in dict.fromkeys(one.dsn() for one in kept):
        connection = await connect(dsn)
        try:
            lines += await store.of(connection)
        finally:
            await connection.close()
    return lines


def _told(made: Epoch) -> str:
    return (
        f"{made.log} is in epoch {made.number} since {made.begun_at:%F %T} UTC: up to position "
        f"{made.fork} it is as before, what follows is new (log {made.log_id}; {made.reason})"
    )


def _print(lines: Sequence[Compensation]) -> None:
    table = Table("policy", "log", "epoch", "position", "command", "streams", "events", "noted")
    for one in lines:
        streams = " ".join(str(stream) for stream in one.streams)
        table.add_row(
            one.policy, one.log, str(one.epoch), str(one.position), str(one.command_id), streams,
            " ".join(one.types), f"{one.noted_at:%F %T} UTC",
        )  # fmt: skip
    Console().print(table)
