"""A board on paper: a table to read, a CSV file, JSON for a program."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.options import LOCAL
from deploy.local.fault import Fault
from services.grievance.queries.boards import Board


class Column(NamedTuple):
    """A column: its name in files, its heading, how a value is shown to a reader."""

    name: str
    heading: str
    shown: Callable[[Any], str]


def text(value: object) -> str:
    """A word, or a dash for none."""
    return "–" if value is None else str(value)


def number(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}"


def day(moment: datetime | None) -> str:
    """The day of this moment in Asia/Shanghai, or a dash."""
    return "–" if moment is None else moment.astimezone(LOCAL).strftime("%Y-%m-%d")


@dataclass(frozen=True)
class Sheet:
    """Where a board goes: as JSON to stdout, into a CSV file, or as a table to stdout.

    Up to where it is true goes to stderr, beside all of them.
    """

    columns: Sequence[Column]
    csv_file: Path | None
    as_json: bool

    def give(self, board: Board) -> None:
        """Hand the board over. Raises Fault when the file cannot be written."""
        if self.csv_file is not None:
            self._write(self.csv_file, board.items)
        if self.as_json:
            typer.echo(json.dumps(board.items, ensure_ascii=False, default=datetime.isoformat))
        elif self.csv_file is None:
            self._print(board.items)
        mark = board.watermark
        parked = f"; {len(mark.parked)} streams wait for a fix" if mark.parked else ""
        typer.echo(f"true up to position {mark.position}{parked}", err=True)

    def _write(self, path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
        names = [column.name for column in self.columns]
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                sheet = csv.DictWriter(file, names)
                sheet.writeheader()
                sheet.writerows({name: _plain(line[name]) for name in names} for line in lines)
        except OSError as fault:
            raise Fault(f"{path}: {fault.strerror}") from None

    def _print(self, lines: Sequence[Mapping[str, Any]]) -> None:
        table = Table()
        for column in self.columns:
            words = column.shown is text
            table.add_column(column.heading, justify="left" if words else "right")
        for line in lines:
            table.add_row(*(column.shown(line[column.name]) for column in self.columns))
        Console().print(table)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
