"""A comparison as a file: CSV or a workbook, with the rules, the period and the watermark in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from services.dashboard.comparison_views import figure
from services.dashboard.comparisons import Cell, Comparison
from services.dashboard.measures.book import Code
from services.dashboard.measures.rules_2026_1 import BOOK
from shared.runtime.projections.map_copy import MapCopy

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = (
    "辖区代码 territory", "名称 name", "指标代码 measure", "指标 measure (zh)", "Measure (en)",
    "值（率为千分比） value (rates in ‰)", "分子 numerator", "分母 denominator",
    "估计值‰ estimate", "95%下限‰ low", "95%上限‰ high", "名次 rank", "隐去 hidden",
)  # fmt: skip
REST, TOTAL = "其余 rest", "合计 total"
# What a spreadsheet program takes for a formula at the beginning of a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Line = tuple[Any, ...]


def name_of(found: Comparison, ending: str) -> str:
    """What the file is called."""
    return f"comparison-{found.first}-{found.last}.{ending}"


def as_csv(found: Comparison, map_copy: MapCopy) -> bytes:
    """The comparison as CSV in UTF-8, with the mark that lets spreadsheet programs see that. A text
    that they would take for a formula has an apostrophe before it."""
    file = StringIO()
    writer = csv.writer(file)
    for line in _lines(found, map_copy):
        writer.writerow([_plain(value) for value in line])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(found: Comparison, map_copy: MapCopy) -> bytes:
    """The comparison as a workbook; a text is a text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("comparison")
    for line in _lines(found, map_copy):
        cells = [WriteOnlyCell(sheet, value) for value in line]
        for cell, value in zip(cells, line, strict=True):
            if isinstance(value, str):
                cell.data_type = "s"
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(found: Comparison, map_copy: MapCopy) -> Iterator[Line]:
    """What is asked, by which rules, up to when it is true; then a line for each figure."""
    asked, mark = found.asked, found.watermark
    yield from (
        ("规则版本 rule", BOOK.version),
        ("期间 period", found.first, found.last),
        ("辖区 territory", asked.territory),
        ("层级 level", asked.level),
        ("区划时点 drawn at", asked.drawn_at.isoformat() if asked.drawn_at else "now"),
        ("对象 audience", asked.audience),
        ("水位 watermark", mark.position, mark.recorded_at and mark.recorded_at.isoformat()),
        ("最小样本 minimum sample", BOOK.minimum_sample),
        (),
        HEADER,
    )
    atlas, moment = map_copy.atlas, map_copy.boundaries(asked.drawn_at).moment
    for code, cells in found.lines.items():
        name = atlas.territories[code].name(moment)
        yield from (_line((code, name), one, cell) for one, cell in cells.items())
    for label, alone in ((REST, found.rest or {}), (TOTAL, found.total)):
        yield from (_line(("", label), one, cell) for one, cell in alone.items())


def _line(place: tuple[str, str], code: Code, cell: Cell) -> Line:
    name, told = BOOK.measure(code).name, figure(cell)
    numbers = ("value", "numerator", "denominator", "estimate", "low", "high", "rank")
    hidden = "是 yes" if told["hidden"] else None
    return (*place, code, name.zh, name.en, *(told[number] for number in numbers), hidden)


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
