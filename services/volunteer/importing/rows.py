"""One row read: what it says, or the first thing that is wrong with it and what to do."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.volunteer.importing.columns import EVIDENCES, REASONS, SERVICES, SKILLS, TEAM_KINDS
from shared.core.local_time import day_of
from shared.sheets.cells import Cell, is_blank
from shared.sheets.dates import Calendar
from shared.sheets.rejects import Reject
from shared.sheets.table import Row
from shared.sheets.values import Unfit, as_count, as_text

LONGEST_WORD = 200
DAYS = ("day", "founded", "joined", "left")
BETWEEN = re.compile("[,;、/|]")  # after NFKC: full-width commas are plain ones
HOURS = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,4}))?")
NO_HOURS = "is not a number of hours such as 1.5; write minutes in a column of minutes instead"
Line = Mapping[str, Any]


def read(
    row: Row, columns: Mapping[str, str], calendar: Calendar, required: frozenset[str]
) -> Line | Reject:
    """The values of a row by field, or why not. Raises nothing, whatever cells hold."""
    if row.overflows:
        reason = "has more cells than the header has columns; check its quotation marks"
        return Reject(row.number, "", reason)
    values: dict[str, Any] = {}
    for field, header in columns.items():
        cell = row.cells.get(header)
        try:
            if not is_blank(cell):
                values[field] = _value(field, cell, calendar)
            elif field in required:
                raise Unfit("is empty; fill it in")
        except Unfit as unfit:
            return Reject(row.number, header, str(unfit))
    if not columns.keys() & {"minutes", "hours"}:
        return values
    return _with_minutes(row, values, columns)


def _with_minutes(row: Row, values: dict[str, Any], columns: Mapping[str, str]) -> Line | Reject:
    hours = values.pop("hours", None)
    header = columns.get("minutes") or columns.get("hours", "")
    if "minutes" not in values and hours is None:
        return Reject(row.number, header, "is empty; write how many minutes")
    if hours is not None and values.setdefault("minutes", hours) != hours:
        return Reject(row.number, header, "minutes and hours say different things; keep one")
    return values


def _value(field: str, cell: Cell, calendar: Calendar) -> Any:
    read_as: Mapping[str, Callable[[], Any]] = {
        "minutes": lambda: as_count(cell),
        "hours": lambda: minutes_of(cell),
        **dict.fromkeys(DAYS, lambda: day_of(calendar.moment(cell).at)),
        "skills": lambda: _skills(cell),
        "kind": lambda: _word(cell, TEAM_KINDS),
        "service": lambda: _word(cell, SERVICES),
        "evidence": lambda: _word(cell, EVIDENCES),
        "reason": lambda: _word(cell, REASONS),
    }
    if field in read_as:
        return read_as[field]()
    if field in ("since", "until", "logged_at", "approved_at", "reversed_at"):
        return _moment(field, cell, calendar)
    return _plain(as_text(cell, limit=LONGEST_WORD))


def _moment(field: str, cell: Cell, calendar: Calendar) -> datetime:
    moment = calendar.moment(cell)
    if moment.whole_day and field in ("since", "until"):
        raise Unfit("is a day without a time; write such as 2026-05-01 09:30, or leave it empty")
    return moment.at


def _word(cell: Cell, known: Mapping[str, str]) -> str:
    text = _plain(as_text(cell, limit=LONGEST_WORD)).casefold().replace(" ", "_")
    if text in known.values():
        return text
    if text not in known:
        both = "、".join(f"{zh} {en}" for zh, en in known.items())
        raise Unfit(f"is none of these: {both}")
    return known[text]


def _skills(cell: Cell) -> list[str]:
    """Each once, by code, so that another order of them is not another line."""
    parts = BETWEEN.split(_plain(as_text(cell, limit=LONGEST_WORD)))
    return sorted({_word(part, SKILLS) for part in parts if part.strip()})


def minutes_of(cell: Cell) -> int:
    """Whole minutes of a cell in hours. Raises Unfit."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell) or not 0 <= cell < 10**7:
            raise Unfit(NO_HOURS)
        if abs(cell * 60 - round(cell * 60)) > 1e-6:
            raise Unfit("is no whole number of minutes; write the minutes")
        return round(cell * 60)
    written = HOURS.fullmatch(_plain(as_text(cell, limit=40)))
    if written is None:
        raise Unfit(NO_HOURS)
    part = (written[2] or "").ljust(4, "0")
    minutes, rest = divmod(int(part) * 60, 10_000)
    if rest:
        raise Unfit("is no whole number of minutes; write the minutes")
    return int(written[1]) * 60 + minutes


def _plain(text: str) -> str:
    """Full-width signs as plain ones, white space as single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
