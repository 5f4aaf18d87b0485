"""`linli audit`: the history of a case, who saw it, its evidence, and what became of the logs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import orjson
import typer

from deploy.cli import digest, epoch, export, looks
from deploy.cli.opened import found, operator, run
from deploy.cli.options import DEFAULT_HOME, LOCAL, HomeOption, JsonOption, Moment
from deploy.local.fault import Fault
from services.grievance.access import ACCESS
from services.grievance.service import Grievance
from services.grievance.views import case_view, sight_of

app = typer.Typer(no_args_is_help=True, help="A case, who saw it, and what became of the logs.")
app.command()(looks.looks)
app.command()(export.export)
app.command()(digest.digest)
app.command()(epoch.epoch)
app.command()(epoch.compensations)


@app.command()
def show(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Id, source's id or number.")],
    *,
    as_of: Moment = None,
    known_at: Moment = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Print the whole history of a case. That you have seen it is on record.

    --as-of TIME: what had happened by then, by all that is known now (corrections in place).
    --known-at TIME: what was known then. Both together: what was then known to have happened.
    Times without a zone are Asia/Shanghai.

    \b
    Example:
      linli audit show 2549
      linli audit show 2549 --as-of 2019-05-01 --known-at 2026-01-01T09:00+08:00
    """
    view = run(home, lambda service: _view(service, case, as_of, known_at))
    if as_json:
        typer.echo(orjson.dumps(view, default=str).decode())
    else:
        _print(view)


async def _view(
    service: Grievance, name: str, as_of: datetime | None, known_at: datetime | None
) -> dict[str, Any]:
    case_id = await found(service, name)
    file = await service.archive.case(case_id, at=as_of, known=known_at)
    if file is None:
        raise Fault(f"case {name} did not exist, or was not known, at that time")
    view = await case_view(service, file, ACCESS.hidden(operator()))
    await service.looks.opened(operator(), sight_of(file, view))
    return view


def _print(view: dict[str, Any]) -> None:
    case = view["case"]
    typer.echo(f"{case['id']}  no. {case['number']}  {case['ref'] or ''}".rstrip())
    typer.echo(f"{case['status']}  {case['territory']}  {case['case_type']}  {case['channel']}")
    typer.echo(case["subject"] or "(erased)")
    for line in view["history"]:
        typer.echo("")
        typer.echo(
            f"{line['version']:>3}  {line['type']}  {_local(line['occurred_at'])}  "
            f"by {line['actor']}  recorded {_local(line['recorded_at'])} at {line['position']}"
        )
        for name, value in line["data"].items():
            typer.echo(f"     {name}: {'(erased)' if value is None else value}")
    if view["withheld"]:
        typer.echo(f"\nnot shown here: {', '.join(view['withheld'])}")


def _local(moment: datetime) -> str:
    return moment.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")
