"""`linli report`: figures drawn from read models, as of now or of any other time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from deploy.cli.opened import run
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption, Moment, MonthOption, moment
from deploy.cli.sheets import Column, Sheet, day, number, text
from deploy.local.fault import Fault
from services.grievance.queries.backlog import Load
from services.grievance.queries.boards import Board
from services.grievance.queries.channels import Mix
from services.grievance.service import Grievance
from services.grievance.words import Outcome
from shared.core.messages import Rejected
from shared.runtime.projections.building import When
from shared.runtime.projections.map_copy import Places

CsvOption = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write a CSV file too.")
]
TerritoryOption = Annotated[
    str | None, typer.Option(metavar="CODE", help="Only this territory and what lies in it.")
]
BoundariesOption = Annotated[
    datetime | None, typer.Option(metavar="TIME", parser=moment, help="With its boundaries then.")
]


@dataclass(frozen=True)
class Part:
    """A part of the district: a territory with what lay in it then, or all of it."""

    territory: str | None
    boundaries: datetime | None

    def of(self, service: Grievance) -> Places:
        """The territories of that part. Raises Fault for one that was not on the map."""
        try:
            return service.map.below(self.territory, self.boundaries)
        except Rejected as no:
            raise Fault(no.detail) from None


app = typer.Typer(no_args_is_help=True, help="Figures drawn from read models.")


@app.callback()
def _group() -> None:
    """Figures drawn from read models."""


@app.command("response-times")
def response_times(
    *,
    by: Annotated[Literal["year", "area"], typer.Option(help="What to group by.")] = "year",
    territory: TerritoryOption = None,
    boundaries: BoundariesOption = None,
    at: Moment = None,
    known: Moment = None,
    csv_file: CsvOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Days from filing to first reply: median, 90th percentile, share answered within 15 days.

    Years are years of filing in Asia/Shanghai. A case without a reply counts among the cases and
    as not answered within 15 days, never in the median.

    --at TIME: as it was by then, by all that is known now. --known TIME: as it was known then.

    \b
    Example:
      linli report response-times --by year
      linli report response-times --by area --json
      linli report response-times --at 2026-01-01
    """
    columns = (
        Column("group", by, text),
        Column("cases", "cases", number),
        Column("median_days", "median days", _days),
        Column("p90_days", "90 % days", _days),
        Column("within_15_days", "within 15 days", lambda share: f"{share:.1%}"),
    )
    when = When(at, known)
    part = Part(territory, boundaries)
    board = run(home, lambda service: service.boards.response_times(by, part.of(service), when))
    Sheet(columns, csv_file, as_json).give(board)


@app.command()
def backlog(
    *,
    overdue_after: Annotated[
        int, typer.Option(metavar="DAYS", min=0, max=36_500, help="Older than this is overdue.")
    ] = 15,
    territory: TerritoryOption = None,
    boundaries: BoundariesOption = None,
    at: Moment = None,
    known: Moment = None,
    csv_file: CsvOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What lies with each unit: open (of it waiting for a signature, signed), replied, closed.

    The line of no unit is what waits to be dispatched. A case is overdue that is open and has lain
    where it lies for more than DAYS.

    --at TIME: as it was by then, by all that is known now. --known TIME: as it was known then.

    \b
    Example:
      linli report backlog
      linli report backlog --overdue-after 5 --at 2026-01-01 --json
    """
    columns = (
        Column("unit", "unit", text),
        *(Column(name, name, number) for name in ("open", "dispatched", "signed", "replied")),
        Column("closed", "closed", number),
        Column("overdue", "overdue", number),
        Column("oldest_since", "oldest since", day),
        Column("oldest_raised", "oldest filed", day),
    )
    part = Part(territory, boundaries)

    async def drawn(service: Grievance) -> Board:
        load = Load(places=part.of(service), overdue_after=overdue_after)
        return await service.boards.backlog(load, When(at, known))

    board = run(home, drawn)
    Sheet(columns, csv_file, as_json).give(board)


@app.command()
def channels(
    *,
    by: Annotated[
        Literal["channel", "month"], typer.Option(help="Channels in all, or month by month.")
    ] = "channel",
    first: MonthOption = None,
    last: MonthOption = None,
    territory: TerritoryOption = None,
    boundaries: BoundariesOption = None,
    at: Moment = None,
    known: Moment = None,
    csv_file: CsvOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """How petitions came in, and how they ended: petitions by channel, those closed by outcome.

    Months, from --first to --last, are months of filing in Beijing time.

    --at TIME: as it was by then, by all that is known now. --known TIME: as it was known then.

    \b
    Example:
      linli report channels
      linli report channels --by month --first 2026-01 --last 2026-06 --csv channels.csv
    """
    columns = (
        *([Column("month", "month", text)] if by == "month" else []),
        Column("channel", "channel", text),
        Column("petitions", "petitions", number),
        Column("closed", "closed", number),
        *(Column(name, name.replace("_", " "), number) for name in get_args(Outcome)),
    )
    part = Part(territory, boundaries)

    async def drawn(service: Grievance) -> Board:
        mix = Mix(by=by, places=part.of(service), first=first, last=last)
        return await service.boards.channels(mix, When(at, known))

    board = run(home, drawn)
    Sheet(columns, csv_file, as_json).give(Board([_flat(line) for line in board.items], board[1]))


def _flat(line: dict[str, Any]) -> dict[str, Any]:
    """The outcomes as columns of their own."""
    outcomes = line["outcomes"]
    told = {name: value for name, value in line.items() if name != "outcomes"}
    return told | {name: outcomes.get(name, 0) for name in get_args(Outcome)}


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:.1f}"
