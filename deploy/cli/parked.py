"""`linli parked`: what the services could not take, and taking it again after a fix."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, NamedTuple
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.opened import inside, installed, named
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.local.fault import Fault
from shared.runtime.hosting import Hosted
from shared.store.parked import Parked

app = typer.Typer(no_args_is_help=True, help="Events that could not be taken.")

ServiceOption = Annotated[str | None, typer.Option("--service", help="Of one service only.")]


class Line(NamedTuple):
    """A stream that waits: why its first event does, and how many wait with it."""

    service: str
    subscription: str
    stream: UUID
    events: int
    position: int
    type: str
    reason: str
    since: str


@app.command("list")
def list_(
    *, service: ServiceOption = None, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False
) -> None:
    """The streams that wait, each with the reason of its first event.

    \b
    Example:
      linli parked list --service dashboard
    """
    found = inside(home, lambda: _list(service))
    if as_json:
        typer.echo(json.dumps([one._asdict() for one in found], default=str, ensure_ascii=False))
    elif found:
        _print(found)
    else:
        typer.echo("nothing is parked")


@app.command()
def show(
    stream: Annotated[UUID, typer.Argument(help="Id of the stream, as `list` shows it.")],
    *,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Every event of a stream that waits, with its reason.

    \b
    Example:
      linli parked show 0198c5f0-0000-7000-8000-000000000000
    """
    found = inside(home, lambda: _show(stream))
    if as_json:
        lines = [{"service": service, **one._asdict()} for service, one in found]
        typer.echo(json.dumps(lines, default=str, ensure_ascii=False))
        return
    if not found:
        raise Fault(f"nothing of stream {stream} is parked")
    for service, one in found:
        place = f"{service} {one.subscription}: {one.log} {one.position}"
        typer.echo(f"{place} {one.type}: {one.reason} (since {one.parked_at:%F %T} UTC)")


@app.command()
def replay(
    stream: Annotated[UUID | None, typer.Argument(help="One stream; all without it.")] = None,
    *,
    service: ServiceOption = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Take what waits again, in its order. What still cannot be taken waits on.

    Exits 0 only when nothing of it waits any more.

    \b
    Example:
      linli parked replay
    """
    taken, left = inside(home, lambda: _replay(service, stream))
    typer.echo(f"{taken} events taken, {left} still wait")
    if left:
        raise Fault("see: linli parked list")


async def _list(service: str | None) -> list[Line]:
    lines: list[Line] = []
    for hosted in _services(service):
        async with hosted.subscriptions() as found:
            lines += _lines(hosted.name, await found.parked())
    return lines


async def _show(stream: UUID) -> list[tuple[str, Parked]]:
    lines: list[tuple[str, Parked]] = []
    for hosted in _services(None):
        async with hosted.subscriptions() as found:
            lines += [(hosted.name, one) for one in await found.parked(stream)]
    return lines


async def _replay(service: str | None, stream: UUID | None) -> tuple[int, int]:
    """Events taken, and left. A relay's own list comes first: its readers ask its feed."""
    taken = left = 0
    for hosted in _services(service):
        async with hosted.subscriptions() as found:
            waiting = Counter((o.subscription, o.stream_id) for o in await found.parked(stream))
            for (name, stream_id), number in waiting.items():
                still = await found.members[name].replay(stream_id)
                taken, left = taken + number - still, left + still
    return taken, left


def _services(name: str | None) -> Sequence[Hosted]:
    return installed() if name is None else [named(name)]


def _lines(service: str, parked: Sequence[Parked]) -> list[Line]:
    events = Counter((one.subscription, one.stream_id) for one in parked)
    firsts = {(one.subscription, one.stream_id): one for one in reversed(parked)}
    return [
        Line(service, one.subscription, one.stream_id, events[key], one.position, one.type,
             one.reason, f"{one.parked_at:%F %T} UTC")
        for key, one in sorted(firsts.items())
    ]  # fmt: skip


def _print(lines: Iterable[Line]) -> None:
    table = Table("service", "subscription", "stream", "events", "position", "type", "reason",
                  "since")  # fmt: skip
    for line in lines:
        table.add_row(*(str(value) for value in line))
    Console().print(table)
