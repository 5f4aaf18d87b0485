"""`linli import volunteers`, `teams`, `members`, `hours`, `balances`: what earlier systems kept."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.opened import inside, operator
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.cli.progress import progress
from deploy.local.fault import Fault
from services.volunteer.importing.columns import Kind
from services.volunteer.importing.loading import Importing, Summary
from services.volunteer.importing.reading import Book, book_of
from services.volunteer.service import MODELS, Volunteers, opened
from services.volunteer.settings import Settings
from shared.core.messages import Actor
from shared.sheets.refusal import Refused
from shared.sheets.rejects import RejectsFile

SOURCE = re.compile("[a-z0-9][a-z0-9-]{0,39}")


def _source(text: str) -> str:
    if not SOURCE.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no name; write such as old-bank (a to z, 0 to 9, -)")
    return text


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="XLSX or CSV.")]
SourceOption = Annotated[
    str,
    typer.Option(parser=_source, metavar="NAME", help="The earlier system; always the same name."),
]
RejectsOption = Annotated[Path | None, typer.Option(help="Where to list what was not taken.")]


def hours(
    file: FileArgument,
    *,
    source: SourceOption,
    rejects: RejectsOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Import hours with their history; run it again and nothing is doubled.

    Columns: 记录编号 ref, 人员编号 person, 服务日期 day, 分钟 minutes or 小时 hours,
    地区 territory, 服务类别 service, 记录人 recorder; where there are: 核准人 approver,
    开始时间 start, 结束时间 end, 凭据 evidence, 队伍编号 team, 撤销原因 reversed. They count as
    served and save nothing: balances are imported by themselves.

    \b
    Example:
      linli import hours records.xlsx --source old-bank
    """
    _import("hours", file, source, rejects, home, as_json=as_json)


def balances(
    file: FileArgument,
    *,
    source: SourceOption,
    rejects: RejectsOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Import opening balances of the time bank; run it again and nothing is doubled.

    Columns: 人员编号 person, 所在社区 home, 分钟 minutes or 小时 hours.

    \b
    Example:
      linli import balances balances.xlsx --source old-bank
    """
    _import("balances", file, source, rejects, home, as_json=as_json)


def volunteers(
    file: FileArgument,
    *,
    source: SourceOption,
    rejects: RejectsOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Import the register of volunteers, each with an account; run it again, nothing is doubled.

    Columns: 人员编号 person, 姓名 name, 社区 community; where there are: 技能 skills, with commas
    between them, 监护人 guardian, 注册日期 registered.

    \b
    Example:
      linli import volunteers people.xlsx --source old-bank
    """
    _import("volunteers", file, source, rejects, home, as_json=as_json)


def teams(
    file: FileArgument,
    *,
    source: SourceOption,
    rejects: RejectsOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Import teams; run it again and nothing is doubled.

    Columns: 队伍编号 team, 队名 name, 社区 community, 成立日期 since; where there is: 类型 kind.

    \b
    Example:
      linli import teams teams.xlsx --source old-bank
    """
    _import("teams", file, source, rejects, home, as_json=as_json)


def members(
    file: FileArgument,
    *,
    source: SourceOption,
    rejects: RejectsOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Import who was in which team, after volunteers and teams; again, and nothing is doubled.

    Columns: 队伍编号 team, 人员编号 person, 入队日期 since; for who left: 离队日期 until.

    \b
    Example:
      linli import members members.xlsx --source old-bank
    """
    _import("members", file, source, rejects, home, as_json=as_json)


def _import(
    kind: Kind, file: Path, source: str, rejects: Path | None, home: Path, *, as_json: bool
) -> None:
    place, now = rejects or Path(f"{file.stem}.rejects.csv"), datetime.now(UTC)
    try:
        book = book_of(file, kind, now=now)
        with RejectsFile(place) as rejected:
            summary = inside(home, lambda: _load(book, source, now, rejected, quiet=as_json))
    except Refused as refusal:
        raise Fault(str(refusal)) from None
    except OSError as fault:
        raise Fault(f"{file}: {fault.strerror or fault}") from None
    _tell(summary, place, as_json=as_json)


async def _load(
    book: Book, source: str, now: datetime, rejected: RejectsFile, *, quiet: bool
) -> Summary:
    async with opened(Settings()) as service:
        actor = await _operator(service)
        with progress("importing", book.total, quiet=quiet) as tell:
            into = Importing(
                service, book, source, actor, now, lambda one: rejected.write([one]), tell
            )
            summary = await into.run()
        await service.watermarks.follow([model.name for model in MODELS], summary.position)
        return summary


async def _operator(service: Volunteers) -> Actor:
    atlas = await service.map.read()
    if not atlas.district:
        raise Fault("the map has not arrived yet; is it running? `linli status` tells")
    return replace(operator(), territory=atlas.district)


def _tell(summary: Summary, place: Path, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({**asdict(summary), "rejects": str(place)}))
        return
    typer.echo(
        f"{summary.rows} rows: {summary.taken} imported, {summary.known} known already, "
        f"{summary.refused} refused"
    )
    if summary.refused:
        typer.echo(f"what was not imported, and why: {place}")
