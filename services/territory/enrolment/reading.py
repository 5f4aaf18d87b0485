"""A file of households as its rows, building by building, each household once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from services.territory.enrolment.columns import columns_of
from services.territory.enrolment.rows import Line, read
from shared.sheets.dates import Calendar
from shared.sheets.formats import open_source
from shared.sheets.refusal import Refused
from shared.sheets.rejects import Reject
from shared.sheets.table import survey

BEIJING = ZoneInfo("Asia/Shanghai")
MOST = 500_000  # rows; each is held in memory, in some 200 bytes
CHUNK = 1 << 20


@dataclass(frozen=True)
class Roll:
    """What a file says: households by building and door, and what is wrong with its other rows.

    `digest` is the SHA-256 of the file: the same file is known again by it. `columns` are its
    headers by field.
    """

    title: str
    digest: bytes
    total: int
    columns: Mapping[str, str]
    buildings: Mapping[str, Mapping[str, Line]]
    faults: Sequence[Reject]


def roll_of(path: Path, *, now: datetime) -> Roll:
    """Read a file to its end, so that nothing is enrolled of a damaged one. `now` is aware: no
    household began later. Raises Refused."""
    table = survey(open_source(path, sheet=None))
    if table.total > MOST:
        raise Refused(f"{table.source.title}: has {table.total:,} rows; split it, at {MOST:,}")
    columns = columns_of(table)
    calendar = Calendar(BEIJING, now, epoch=table.source.epoch)
    buildings: dict[str, dict[str, Line]] = {}
    faults: list[Reject] = []
    for row in table.rows(tuple(columns.values())):
        found = read(row, columns, calendar)
        if isinstance(found, Reject):
            faults.append(found)
            continue
        code, line = found
        first = buildings.setdefault(code, {}).setdefault(line.door, line)
        if first is not line:
            faults.append(Reject(line.row, columns["door"], _again(line, first)))
    return Roll(table.source.title, _digest(path), table.total, columns, buildings, faults)


def _again(line: Line, first: Line) -> str:
    if line[1:] == first[1:]:
        return f"repeats row {first.row}"
    return f"contradicts row {first.row}: same building and door, other content"


def _digest(path: Path) -> bytes:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.digest()
