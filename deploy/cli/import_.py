"""`linli import`: files of the past into the log."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, get_args

import typer

from deploy.cli import import_volunteers
from deploy.cli.opened import operator, run
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.cli.progress import progress
from deploy.local.fault import Fault
from services.grievance.intake.loading import Loading, Summary
from services.grievance.intake.mapping import load_mapping
from services.grievance.intake.reading import Intake, read
from services.grievance.service import MODELS, SEARCHED, Grievance
from services.grievance.words import CaseType, Channel
from shared.sheets.refusal import Refused
from shared.sheets.rejects import RejectsFile

CODES = {
    "case_type": frozenset(get_args(CaseType)),
    "channel": frozenset(get_args(Channel)),
}

app = typer.Typer(no_args_is_help=True, help="Bring files of the past into the log.")
app.command()(import_volunteers.hours)
app.command()(import_volunteers.balances)
app.command()(import_volunteers.volunteers)
app.command()(import_volunteers.teams)
app.command()(import_volunteers.members)


@app.callback()
def _group() -> None:
    """Bring files of the past into the log."""


@app.command()
def petitions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="XLSX or CSV.")],
    *,
    mapping: Annotated[
        Path | None, typer.Option(help="Which column is which (TOML); else a built-in one.")
    ] = None,
    territory: Annotated[
        str | None, typer.Option(help="Where rows belong that name no territory.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Where to list what was not imported.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Import petitions with their replies; run it again and nothing is doubled.

    Rows that cannot be taken are listed in FILE-NAME.rejects.csv in the current folder, each with
    its row number, column and reason; all others are imported. Returns when the register and the
    reports show them.

    \b
    Example:
      linli import petitions letters.xlsx
      linli import petitions votes.csv --mapping votes.toml --territory shili
    """
    place = rejects or Path(f"{file.stem}.rejects.csv")
    try:
        intake = read(
            file, load_mapping(mapping) if mapping else None, now=datetime.now(UTC), codes=CODES
        )
        with RejectsFile(place) as rejected:
            summary = run(
                home, lambda service: _load(service, intake, territory, rejected, as_json)
            )
    except Refused as refusal:
        raise Fault(str(refusal)) from None
    except OSError as fault:
        raise Fault(f"{file}: {fault.strerror or fault}") from None
    _tell(summary, place, as_json=as_json)


async def _load(
    service: Grievance, intake: Intake, territory: str | None, rejected: RejectsFile, quiet: bool
) -> Summary:
    where = _territory(service, territory or intake.mapping.defaults.territory)
    loading = Loading(service, intake, operator(), where)
    with progress("importing", intake.total, quiet=quiet) as tell:
        summary = await loading.run(rejected, tell)
    names = [model.name for model in (*MODELS, *SEARCHED)]
    await service.watermarks.follow(names, summary.position)
    return summary


def _territory(service: Grievance, named: str | None) -> str:
    """Where rows belong that name no territory: there, or the district. Raises Fault."""
    code = named or service.map.atlas.district
    if not code:
        raise Fault("the map has not arrived yet; is it running? `linli status` tells")
    if service.map.atlas.get(code) is None:
        raise Fault(f"there is no territory {code!r} on the map")
    return code


def _tell(summary: Summary, place: Path, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({**asdict(summary), "rejects": str(place)}))
        return
    typer.echo(
        f"{summary.rows} rows: {summary.imported} imported, {summary.known} known already, "
        f"{summary.rejected} rejected"
    )
    if summary.rejected:
        typer.echo(f"what was not imported, and why: {place}")
