"""One row read: a household of a building, or the first thing that is wrong with it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from services.territory.households.forms import LONGEST_DOOR
from services.territory.households.rosters import door_of
from shared.sheets.cells import Cell, is_blank
from shared.sheets.dates import Calendar
from shared.sheets.rejects import Reject
from shared.sheets.table import Row
from shared.sheets.values import Unfit, as_text

LONGEST_CODE = 63
AREA = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2})0*)?")
NOT_AN_AREA = "is not a number of square metres with up to two decimals, such as 89.37"
LARGEST_AREA = 10**7  # m²; what is too large for a household is for the rules to say


class Line(NamedTuple):
    """A household as its row tells it; `at` is when it began, where the row says so."""

    row: int
    door: str
    area_dm2: int
    at: datetime | None


def read(row: Row, columns: Mapping[str, str], calendar: Calendar) -> tuple[str, Line] | Reject:
    """The building's code and the household, or why not. Raises nothing, whatever cells hold."""
    if row.overflows:
        reason = "has more cells than the header has columns; check its quotation marks"
        return Reject(row.number, "", reason)
    values: dict[str, Any] = {}
    for field, header in columns.items():
        cell = row.cells.get(header)
        try:
            values[field] = _value(field, cell, calendar)
        except Unfit as unfit:
            return Reject(row.number, header, str(unfit))
    line = Line(row.number, values["door"], values["area"], values.get("since"))
    return values["building"], line


def _value(field: str, cell: Cell, calendar: Calendar) -> Any:
    if is_blank(cell):
        if field == "since":
            return None
        raise Unfit("is empty")
    if field == "building":
        return as_text(cell, limit=LONGEST_CODE)
    if field == "door":
        return _door(cell)
    if field == "area":
        return area_of(cell)
    return calendar.moment(cell).at


def _door(cell: Cell) -> str:
    door = door_of(as_text(cell, limit=LONGEST_DOOR))
    if not 0 < len(door) <= LONGEST_DOOR:
        raise Unfit(f"is not a door of 1 to {LONGEST_DOOR} characters")
    return door


def area_of(cell: Cell) -> int:
    """Square decimetres of a cell in square metres. Raises Unfit."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell) or not 0 <= cell < LARGEST_AREA:
            raise Unfit(NOT_AN_AREA)
        hundredths = cell * 100
        if abs(hundredths - round(hundredths)) > 1e-6:
            raise Unfit("has more than two decimals")
        return round(hundredths)
    written = AREA.fullmatch(unicodedata.normalize("NFKC", as_text(cell, limit=40)))
    if written is None:
        raise Unfit(NOT_AN_AREA)
    return int(written[1]) * 100 + int((written[2] or "").ljust(2, "0"))
