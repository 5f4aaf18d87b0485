"""`linli audit looks`: who saw a case, in a stretch of time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import orjson
import typer

from deploy.cli.opened import found, operator, run
from deploy.cli.options import DEFAULT_HOME, LOCAL, HomeOption, JsonOption, Moment, moment
from deploy.local.fault import Fault
from services.grievance.look.commands import ReadLooks
from services.grievance.looking import listing
from services.grievance.looking.forms import begun
from services.grievance.queries.looks import Wanted
from services.grievance.service import Grievance

MOST = 10_000


def looks(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Id, source's id or number.")],
    *,
    since: Annotated[datetime | None, typer.Option("--from", metavar="TIME", parser=moment)] = None,
    until: Moment = None,
    before: Moment = None,
    minutes: Annotated[int, typer.Option(min=1, max=525_600, help="How long before.")] = 10,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Print who saw a case, what of it, when and in what capacity.

    --from TIME --until TIME: both included. --before TIME: the ten --minutes before it, and it.
    Times without a zone are Asia/Shanghai. What the same person saw again within a minute of the
    clock is on record once, so the first minute is shown whole. That you have asked is on record.

    \b
    Example:
      linli audit looks 2549 --before 2026-05-01T12:00
      linli audit looks 2549 --from 2026-05-01T08:00 --until 2026-05-01T12:00
    """
    if before is not None:
        if since is not None or until is not None:
            raise typer.BadParameter("say --before, or --from and --until")
        since, until = before - timedelta(minutes=minutes), before
    lines = run(home, lambda service: _lines(service, case, since, until))
    if as_json:
        typer.echo(orjson.dumps({"items": lines}, default=str).decode())
        return
    for line in lines:
        typer.echo(_told(line))
    typer.echo(f"{len(lines)} looks", err=True)


async def _lines(
    service: Grievance, name: str, since: datetime | None, until: datetime | None
) -> list[dict[str, Any]]:
    case_id = await found(service, name)
    file = await service.archive.case(case_id)
    if file is None:
        raise Fault(f"there is no case {name}")
    asked = ReadLooks(
        at=datetime.now(UTC), actor=operator(), territory=file.row.territory, case_id=case_id
    )
    wanted = Wanted(case_id=case_id, since=begun(since), until=until)
    page = await listing.page(service, wanted, asked, MOST)
    if page["next"] is not None:
        raise Fault(f"there are more than {MOST} looks; ask for a shorter time")
    return list(reversed(page["items"]))


def _told(line: Mapping[str, Any]) -> str:
    """One look in a line, the earliest first."""
    at = line["at"].astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")
    who = f"{line['actor']} ({', '.join(line['roles'])}{_with(line['unit'])})"
    what = f"{line['type']}{_with(line['shown'])}{_with(line['part'])}"
    seen = f"  saw {', '.join(line['fields'])}" if line["fields"] else ""
    why = f"  because: {line['reason'] or '(erased)'}" if line["type"] == "glass-broken" else ""
    return f"{at}  {who}  {what}{seen}{why}"


def _with(word: str | None) -> str:
    return f" {word}" if word else ""
