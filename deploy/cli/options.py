"""Options that several commands share."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

LOCAL = ZoneInfo("Asia/Shanghai")
DEFAULT_HOME = Path(".linli")
DEFAULT_PORT = 8000


def moment(text: str) -> datetime:
    """A point in time as people type it; Asia/Shanghai where no zone is given."""
    try:
        parsed = datetime.fromisoformat(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=LOCAL)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{text!r} is no time; write 2019-05-10T14:56 or 2019-05-10"
        ) from None


def month(text: str) -> str:
    """A month as people type it."""
    if not re.fullmatch("[12][0-9]{3}-(0[1-9]|1[0-2])", text):
        raise typer.BadParameter(f"{text!r} is no month; write 2026-05")
    return text


HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="LINLI_HOME", help="Folder of this installation."),
]
PortOption = Annotated[
    int,
    typer.Option(
        "--port",
        envvar="LINLI_PORT",
        min=0,
        max=65535,
        help="Port on 127.0.0.1; 0 takes a free one.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")]
Moment = Annotated[datetime | None, typer.Option(metavar="TIME", parser=moment)]
MonthOption = Annotated[str | None, typer.Option(metavar="MONTH", parser=month)]
