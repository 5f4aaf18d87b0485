"""The file that tells which rows were not taken, where in them, and why."""

import csv
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from .refusal import Refused

HEADER = ("row", "column", "reason")


@dataclass(frozen=True, slots=True)
class Reject:
    """One fault: the row, the file's column ("" for the row as a whole) and the reason."""

    row: int
    column: str
    reason: str


class RejectsFile:
    """Writes rejects as they come; the file is there, whole, once the `with` block is left well,
    and an older one stays as it was if it is not.

    It holds no cell content, because that is personal data. `faults` counts its lines. The mark
    at its start lets spreadsheet programs see that it is UTF-8.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults = 0

    def __enter__(self) -> Self:
        try:
            handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
        except OSError as fault:
            raise Refused(
                f"{self.path}: the rejects file cannot be written: {fault.strerror}"
            ) from None
        self._unfinished = Path(name)
        self._file: IO[str] = open(handle, "w", encoding="utf-8-sig", newline="")
        self._lines = csv.writer(self._file)
        self._lines.writerow(HEADER)
        return self

    def write(self, rejects: Iterable[Reject]) -> None:
        """Add a line for each fault."""
        for reject in rejects:
            self._lines.writerow((reject.row, reject.column, reject.reason))
            self.faults += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
            self._file.close()
            if kind is None:
                self._unfinished.replace(self.path)
        finally:
            self._unfinished.unlink(missing_ok=True)
