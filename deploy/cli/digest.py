"""`linli audit digest`: all read models built anew, and what they come to as one hash."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from deploy.cli.digested import Asked, Found, held, helping
from deploy.cli.opened import inside, installed
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from shared.runtime.projections import digesting

PAGE = 2_000


def digest(
    *,
    page: Annotated[
        int, typer.Option(metavar="N", min=1, max=100_000, help="Events a page.")
    ] = PAGE,
    processes: Annotated[
        int, typer.Option(metavar="K", min=1, max=64, help="Processes that share the rows.")
    ] = 1,
    shuffle: Annotated[
        int | None, typer.Option(metavar="SEED", help="Shuffle streams against each other.")
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="What the live tables hold.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Build every read model of every service anew, beside the live one, and print what each table
    holds as a SHA-256 that does not depend on the order of its rows, and one over all.

    A replay goes up to where the live model stands. However it is done the digests are the same,
    and those of --live where the positions are. Nothing is changed, and nothing of it stays.

    \b
    Example:
      linli audit digest
      linli audit digest --page 137 --processes 3 --shuffle 5
      linli audit digest --live
    """
    asked = Asked(page, processes, shuffle, live)
    found = inside(home, lambda: _all(asked, quiet=as_json))
    whole = digesting.whole((one.service, one.line) for one in found)
    if as_json:
        tables = [_told(one) for one in found]
        typer.echo(orjson.dumps({"digest": whole, "tables": tables}).decode())
    else:
        typer.echo(f"digest of all {len(found)} tables  {whole}")


async def _all(asked: Asked, *, quiet: bool) -> list[Found]:
    found: list[Found] = []
    with helping(asked.processes) as helpers:
        for hosted in installed():
            tables = await held(hosted, asked, helpers)
            found += tables
            for one in () if quiet else tables:
                _print(one)
    return found


def _print(one: Found) -> None:
    told = f"{one.service:<10} {one.line.table:<22} {one.line.rows:>8} rows  {one.line.sha256}"
    where = f"  at {max(one.at.values(), default=0)}"
    typer.echo(told + where + (f"  {one.parked} streams parked" if one.parked else ""))


def _told(one: Found) -> dict[str, object]:
    at = {str(number): position for number, position in one.at.items()}
    return {"service": one.service, **one.line._asdict(), "at": at, "parked": one.parked}
