"""What is outstanding as a file: a workbook or CSV, with what was asked and up to where it is true
above the lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from services.points.owing.filters import Format

KINDS: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
HEADINGS = {
    "territory": "地区 territory", "month": "进账月份 month", "points": "未兑付积分 points",
    "point_fen": "每分折合（分） fen a point", "fen": "折合（分） fen", "rules": "规则版本 rules",
}  # fmt: skip
# What a spreadsheet program takes for a formula at the beginning of a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HELD = "预留 held"

Line = Sequence[Any]


def table(report: dict[str, Any]) -> list[Line]:
    """The file line by line."""
    mark = report["watermark"]
    seen = mark["recorded_at"]
    return [
        ("未兑付积分 points outstanding",),
        ("地区 territory", report["territory"]),
        ("日期 on", report["on"]),
        ("水位 watermark", mark["position"], seen.isoformat() if seen else ""),
        ("暂未计入 parked", len(mark["parked"])),
        ("制表时间 made at", report["made_at"].isoformat()),
        (),
        tuple(HEADINGS.values()),
        *(
            tuple(item[name] or (HELD if name == "month" else item[name]) for name in HEADINGS)
            for item in report["items"]
        ),
    ]


def xlsx(lines: Iterable[Line]) -> bytes:
    """A workbook; a text is a text, whatever it begins with."""
    book, file = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("outstanding")
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    book.save(file)
    return file.getvalue()


def csv_of(lines: Iterable[Line]) -> bytes:
    """CSV in UTF-8, with the mark that lets spreadsheet programs see that. A text that they would
    take for a formula has an apostrophe before it."""
    text = StringIO(newline="")
    csv.writer(text).writerows([_plain(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _cell(sheet: Any, value: Any) -> Any:
    if not _formula(value):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _plain(value: Any) -> Any:
    return f"'{value}" if _formula(value) else value


def _formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(FORMULA)
