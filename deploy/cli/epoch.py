"""`linli audit epoch`, `linli audit compensations`: when a restore has lost the end of a log."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.opened import inside, named
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.local.fault import Fault
from shared.store import compensations as store
from shared.store import epochs
from shared.store.compensations import Compensation
from shared.store.epochs import Epoch, NoSuchFork
from shared.store.pool import Connection, connect

T = TypeVar("T")

ServiceArgument = Annotated[
    str, typer.Argument(metavar="SERVICE", help="A service that owns a log.")
]


def epoch(
    service: ServiceArgument,
    *,
    reason: Annotated[str, typer.Option(help="What happened, for those who look later.")],
    fork: Annotated[
        int | None, typer.Option(min=0, help="Last position that is as before.")
    ] = None,
    number: Annotated[int | None, typer.Option(min=2, help="Of the new epoch.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Begin another epoch of a log whose end was lost by a restore or a promotion.

    Do it before the service is started again. Readers that had gone past the fork are built anew;
    what policies had done for what is lost is listed by `linli audit compensations`.

    Other logs in the same database, such as who looked, were restored with it: they fork where they
    end now. Without --fork the log itself does, too. If it was written to since the restore, name
    the last position that was restored: one too early costs time, one too late leaves readers
    wrong.
    Without --number the next one is taken. A copy that is older than an earlier epoch does not know
    of it: name a number that was never used, and no later fork than any that it does not know.

    \b
    Example:
      linli audit epoch grievance --reason "disk lost, backup of 03:00"
    """
    if not reason.strip():
        raise Fault("--reason says nothing")
    try:
        made = _at(service, home, lambda c, logs: _raised(c, logs, fork, reason, number))
    except NoSuchFork as no:
        raise Fault(f"{no}; nothing was changed") from None
    if as_json:
        told = [one._asdict() for one in made]
        typer.echo(json.dumps(told, default=str, ensure_ascii=False))
        return
    for one in made:
        typer.echo(_told(one))


def compensations(
    service: ServiceArgument, *, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False
) -> None:
    """What a service did because of events that other logs have lost, to be looked at.

    Each line names the event that is gone, and the streams and events here that followed from it.

    \b
    Example:
      linli audit compensations grievance
    """
    found = _at(service, home, lambda connection, _: store.of(connection))
    if as_json:
        typer.echo(json.dumps([one._asdict() for one in found], default=str, ensure_ascii=False))
    elif found:
        _print(found)
    else:
        typer.echo("nothing was done for what is lost")


async def _raised(
    connection: Connection, logs: Sequence[str], fork: int | None, reason: str, number: int | None
) -> list[Epoch]:
    async with connection.transaction():
        made = [await epochs.raise_epoch(connection, logs[0], fork, reason, number=number)]
        for log in logs[1:]:
            made.append(await epochs.raise_epoch(connection, log, None, reason, number=number))
    return made


def _at(service: str, home: HomeOption, work: Callable[[Connection, list[str]], Awaitable[T]]) -> T:
    """Do this with a connection to the database of a service's logs, the one that others read
    first. Raises Fault where it has none."""
    kept = named(service).kept
    if not kept:
        raise Fault(f"{service} owns no log")

    async def done() -> T:
        connection = await connect(kept[0].dsn())
        try:
            return await work(connection, [one.log for one in kept])
        finally:
            await connection.close()

    return inside(home, done)


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
