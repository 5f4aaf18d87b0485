"""A report as a file: a workbook, CSV or JSON, with what was asked, by which rules and up to where
it is true in it. Written line by line, so that its length costs no memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import IO, Any, NamedTuple, Protocol

import orjson
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from services.volunteer.queries.hours_report import MEASURES, Stood
from services.volunteer.reporting.filters import Format

KINDS: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
HEADINGS = {
    "person": "人员 person", "name": "姓名 name", "team": "队伍 team", "month": "月份 month",
    "service": "服务类别 service", "territory": "地区 territory", "minutes": "核准分钟 minutes",
    "hours": "核准小时 hours",
    "records": "核准记录 records", "waiting": "待核准 waiting",
    "waiting_minutes": "待核准分钟 waiting minutes", "rejected": "不予核准 rejected",
    "reversed": "已撤销 reversed", "reversed_minutes": "已撤销分钟 reversed minutes",
    "grade_a": "甲级凭据分钟 grade a", "grade_b": "乙级凭据分钟 grade b",
    "grade_c": "丙级凭据分钟 grade c",
}  # fmt: skip
# What a spreadsheet program takes for a formula at the beginning of a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Line = Sequence[Any]


class About(NamedTuple):
    """What was asked, and when and by which rules it was answered."""

    keys: Sequence[str]
    first: str | None
    last: str | None
    territory: str
    rules: str
    made_at: datetime
    stood: Stood
    named: bool = False

    def told(self) -> list[tuple[Any, ...]]:
        """The lines above the table."""
        stood = self.stood
        return [
            ("服务时长报表 hours report",),
            ("期间 period", self.first or "", self.last or ""),
            ("地区 territory", self.territory),
            ("分组 by", ",".join(self.keys)),
            ("规则版本 rules", self.rules),
            ("水位 watermark", stood.position, _moment(stood.recorded_at)),
            ("暂未计入 parked", len(stood.parked)),
            ("制表时间 made at", _moment(self.made_at)),
            (),
        ]

    @property
    def header(self) -> list[str]:
        """The columns by name: the keys, with the name behind the person, then the figures."""
        minutes, *others = MEASURES
        first = ["person", "name", *self.keys[1:]] if self.named else self.keys
        return [*first, minutes, "hours", *others]


class Writer(Protocol):
    """Takes lines, and is closed when there are no more."""

    def lines(self, lines: Iterable[Line]) -> None:
        """Further lines, in the order of the header."""

    def close(self) -> None:
        """Write what is left."""


def writer(kind: Format, file: IO[bytes], about: About) -> Writer:
    """What writes a report of this kind into the file."""
    made: dict[Format, type[Xlsx | Csv | Json]] = {"xlsx": Xlsx, "csv": Csv, "json": Json}
    return made[kind](file, about)


def with_hours(line: Line, keys: int) -> Line:
    """A line of the log's figures with its hours behind its minutes."""
    return (*line[: keys + 1], round(line[keys] / 60, 2), *line[keys + 1 :])


class Xlsx:
    """A workbook; a text is a text, whatever it begins with."""

    def __init__(self, file: IO[bytes], about: About) -> None:
        self._file, self._book = file, Workbook(write_only=True)
        self._sheet = self._book.create_sheet("hours")
        self.lines([*about.told(), [HEADINGS[name] for name in about.header]])

    def lines(self, lines: Iterable[Line]) -> None:
        """Further rows."""
        for line in lines:
            self._sheet.append([self._cell(value) for value in line])

    def close(self) -> None:
        """The workbook, whole."""
        self._book.save(self._file)

    def _cell(self, value: Any) -> Any:
        if not (isinstance(value, str) and value.startswith(FORMULA)):
            return value
        cell = WriteOnlyCell(self._sheet, value)
        cell.data_type = "s"
        return cell


class Csv:
    """CSV in UTF-8, with the mark that lets spreadsheet programs see that. A text that they would
    take for a formula has an apostrophe before it."""

    def __init__(self, file: IO[bytes], about: About) -> None:
        self._text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        self._lines = csv.writer(self._text)
        self.lines([*about.told(), [HEADINGS[name] for name in about.header]])

    def lines(self, lines: Iterable[Line]) -> None:
        """Further lines."""
        self._lines.writerows([_plain(value) for value in line] for line in lines)

    def close(self) -> None:
        """Hand the file back open."""
        self._text.detach()


class Json:
    """One object; its `items` have the figures by name."""

    def __init__(self, file: IO[bytes], about: About) -> None:
        self._file, self._names, self._first = file, about.header, True
        stood = about.stood
        told = {
            "from": about.first, "to": about.last, "territory": about.territory,
            "by": list(about.keys), "rules": about.rules, "made_at": about.made_at,
            "watermark": {
                "position": stood.position, "recorded_at": stood.recorded_at,
                "parked": [str(one) for one in stood.parked],
            },
        }  # fmt: skip
        file.write(orjson.dumps(told)[:-1] + b',"items":[')

    def lines(self, lines: Iterable[Line]) -> None:
        """Further items."""
        for line in lines:
            mark, self._first = b"" if self._first else b",", False
            self._file.write(mark + orjson.dumps(dict(zip(self._names, line, strict=True))))

    def close(self) -> None:
        """The end of the object."""
        self._file.write(b"]}")


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
