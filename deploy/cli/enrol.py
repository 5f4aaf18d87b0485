"""`linli enrol`: the households of a file onto the rosters of their buildings."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.opened import inside, operator
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.cli.progress import progress
from deploy.local.fault import Fault
from services.territory.enrolment.enrolling import Enrolling, Summary
from services.territory.enrolment.reading import Roll, roll_of
from services.territory.projections.households import households
from services.territory.projections.map_history import map_history
from services.territory.service import Territory, opened
from services.territory.settings import Settings
from shared.sheets.refusal import Refused
from shared.sheets.rejects import RejectsFile

Tell = Callable[[int], None]


def enrol(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="XLSX or CSV.")],
    *,
    rejects: Annotated[Path | None, typer.Option(help="Where to list what was not taken.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Register the households of a file; run it again and nothing is doubled.

    Columns: 楼栋 or building (its code on the map), 门牌 or door, 建筑面积 or area (m², up to two
    decimals), and if there is one 登记日期 or since. Rows that cannot be taken are listed in
    FILE-NAME.rejects.csv in the current folder, each with its row number, column and reason; all
    others are registered. Returns when the lists of households show them.

    \b
    Example:
      linli enrol households.xlsx
      linli enrol households.csv --rejects not-taken.csv --json
    """
    place = rejects or Path(f"{file.stem}.rejects.csv")
    now = datetime.now(UTC)
    try:
        roll = roll_of(file, now=now)
        with RejectsFile(place) as rejected:
            summary = inside(home, lambda: _enrol(roll, now, rejected, as_json))
    except Refused as refusal:
        raise Fault(str(refusal)) from None
    except OSError as fault:
        raise Fault(f"{file}: {fault.strerror or fault}") from None
    _tell(summary, place, as_json=as_json)


async def _enrol(roll: Roll, now: datetime, rejected: RejectsFile, quiet: bool) -> Summary:
    async with opened(Settings()) as service:
        with progress("enrolling", roll.total, quiet=quiet) as tell:
            summary = await _into(service, roll, now, rejected, tell)
        await service.watermarks.follow([households.name], summary.position)
        return summary


async def _into(
    service: Territory,
    roll: Roll,
    now: datetime,
    rejected: RejectsFile,
    tell: Callable[[int], None],
) -> Summary:
    await service.watermarks.follow([map_history.name], await service.head())
    atlas = await service.map.read()
    if not atlas.district:
        raise Fault("there is no map yet; register the district and its buildings first")
    actor = replace(operator(), territory=atlas.district)
    enrolling = Enrolling(service, roll, actor, now, lambda one: rejected.write([one]), tell)
    return await enrolling.run()


def _tell(summary: Summary, place: Path, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({**asdict(summary), "rejects": str(place)}))
        return
    typer.echo(
        f"{summary.rows} rows: {summary.registered} registered, {summary.known} known already, "
        f"{summary.refused} refused"
    )
    if summary.refused:
        typer.echo(f"what was not registered, and why: {place}")
