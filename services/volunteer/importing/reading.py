"""A file as its rows, each once, read to its end before anything of it is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from services.volunteer.importing.columns import COLUMNS, Kind
from services.volunteer.importing.rows import Line, read
from shared.sheets.dates import Calendar
from shared.sheets.formats import open_source
from shared.sheets.headers import columns_of
from shared.sheets.refusal import Refused
from shared.sheets.rejects import Reject
from shared.sheets.table import survey

BEIJING = ZoneInfo("Asia/Shanghai")
MOST = 200_000  # rows; each is held in memory
# By what a row is known again; the first of it is where a fault of the whole row is shown.
KEYS: Mapping[Kind, tuple[str, ...]] = {
    "hours": ("ref",),
    "balances": ("person",),
    "volunteers": ("person",),
    "teams": ("team",),
    "members": ("team", "person", "joined"),
}
# What the log calls by another name than a file does.
CALLED = {"since": ("founded", "joined"), "until": ("left",)}


@dataclass(frozen=True)
class Book:
    """What a file says: lines by row, and what is wrong with its other rows. `columns` are its
    headers by field."""

    kind: Kind
    title: str
    total: int
    columns: Mapping[str, str]
    lines: Mapping[int, Line]
    faults: Sequence[Reject]

    def header(self, field: str | None) -> str:
        """The file's header of a field; "" for a row as a whole."""
        named = (field or "", *CALLED.get(field or "", ()))
        return next((self.columns[one] for one in named if one in self.columns), "")

    @property
    def key(self) -> str:
        """The header of what a row is known again by."""
        return self.columns[KEYS[self.kind][0]]

    def waves(self) -> Sequence[Sequence[tuple[int, Line]]]:
        """The rows, in the order in which they are taken: whoever left a team before whoever is in
        it, or nobody could have been in it twice."""
        ended = [one for one in self.lines.items() if "left" in one[1]]
        return ended, [one for one in self.lines.items() if "left" not in one[1]]


def key_of(kind: Kind, line: Line) -> tuple[str, ...]:
    """By what this row is known again."""
    return tuple(line[field] for field in KEYS[kind])


def book_of(path: Path, kind: Kind, *, now: datetime) -> Book:
    """Read a file to its end. `now` is aware: nothing happened later. Raises Refused."""
    table = survey(open_source(path, sheet=None))
    title = table.source.title
    if table.total > MOST:
        raise Refused(f"{title}: has {table.total:,} rows; split it, at {MOST:,}")
    known, optional = COLUMNS[kind]
    columns = columns_of(table, known, optional)
    if "minutes" in known and not columns.keys() & {"minutes", "hours"}:
        raise Refused(f"{title}: a column 分钟 (minutes) or 小时 (hours) is missing; add one")
    calendar = Calendar(BEIJING, now, epoch=table.source.epoch)
    lines: dict[int, Line] = {}
    first: dict[tuple[str, ...], int] = {}
    faults: list[Reject] = []
    for row in table.rows(tuple(columns.values())):
        found = read(row, columns, calendar, frozenset(known.keys() - optional))
        if not isinstance(found, Reject):
            before = first.setdefault(key_of(kind, found), row.number)
            if before == row.number:
                lines[row.number] = found
                continue
            same = found == lines[before]
            reason = f"repeats row {before}" if same else f"contradicts row {before}: remove one"
            found = Reject(row.number, columns[KEYS[kind][0]], reason)
        faults.append(found)
    return Book(kind, title, table.total, columns, lines, faults)
