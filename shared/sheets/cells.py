"""What a cell of a spreadsheet or CSV file can hold, before anyone says what it means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  spreadsheets know local times only
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
VISIBLE = re.compile(rf"[^\s{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is computed. What it computes is not read: the shown value may be stale."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that shows an error such as #N/A."""


Cell = str | bool | int | float | datetime | date | time | timedelta | Formula | ErrorValue | None


class Source(Protocol):
    """A file opened as rows of cells. `records` may be called again and reads from the start."""

    @property
    def title(self) -> str:
        """What is being read, for messages: the file and its sheet or encoding."""

    @property
    def epoch(self) -> datetime:
        """The local day from which serial dates count."""

    @property
    def ragged(self) -> bool:
        """Whether cells beyond the header mean a damaged row rather than a note in the margin."""

    def records(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Each row with the number a spreadsheet program shows. Raises Refused."""


def is_blank(cell: Cell) -> bool:
    """True for nothing, for white space and for characters that cannot be seen."""
    if isinstance(cell, str):
        return not VISIBLE.search(cell)
    return cell is None
