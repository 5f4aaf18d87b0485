"""`linli report`: figures drawn from read models."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.opened import run
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.local.fault import Fault
from services.grievance.service import Grievance

COLUMNS = ("group", "cases", "median_days", "p90_days", "within_15_days")

app = typer.Typer(no_args_is_help=True, help="Figures drawn from read models.")


@app.callback()
def _group() -> None:
    """Figures drawn from read models."""


@app.command("response-times")
def response_times(
    *,
    by: Annotated[Literal["year", "area"], typer.Option(help="What to group by.")] = "year",
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a CSV file too.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Days from filing to first reply: median, 90th percentile, share answered within 15 days.

    Years are years of filing in Asia/Shanghai. A case without a reply counts among the cases and
    as not answered within 15 days, never in the median.

    \b
    Example:
      linli report response-times --by year
      linli report response-times --by area --json
    """
    groups = run(home, lambda service: _groups(service, by))
    if csv_file is not None:
        _write(csv_file, groups)
    if as_json:
        typer.echo(json.dumps(groups, ensure_ascii=False))
    elif csv_file is None:
        _print(groups, by)


async def _groups(service: Grievance, by: Literal["year", "area"]) -> list[dict[str, Any]]:
    return await service.queries.response_times(by)


def _write(path: Path, groups: list[dict[str, Any]]) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.DictWriter(file, COLUMNS)
            lines.writeheader()
            lines.writerows(groups)
    except OSError as fault:
        raise Fault(f"{path}: {fault.strerror}") from None


def _print(groups: list[dict[str, Any]], by: str) -> None:
    table = Table(by, "cases", "median days", "90 % days", "within 15 days")
    for column in table.columns[1:]:
        column.justify = "right"
    for one in groups:
        table.add_row(
            one["group"],
            f"{one['cases']:,}",
            _days(one["median_days"]),
            _days(one["p90_days"]),
            f"{one['within_15_days']:.1%}",
        )
    Console().print(table)


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:.1f}"
