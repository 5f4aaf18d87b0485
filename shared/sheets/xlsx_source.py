"""A sheet of an XLSX workbook as rows of cells, streamed; formulas stay formulas."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook

from .cells import Cell, ErrorValue, Formula
from .refusal import Refused, listed
from .xlsx_order import check_order

LARGEST_UNPACKED = 1 << 30  # bytes over all parts
LARGEST_STRINGS = 1 << 28  # bytes of the one part that is held in memory
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|[Dd][89A-Fa-f][0-9A-Fa-f]{2})_")


@dataclass(frozen=True)
class XlsxSource:
    """An opened sheet of a workbook."""

    path: Path
    sheet: str
    epoch: datetime
    ragged: bool = False

    @property
    def title(self) -> str:
        """The file's name and the sheet's."""
        return f"{self.path.name} (sheet {self.sheet})"

    def records(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its number; rows left out of the file come as empty ones. Raises
        Refused when the workbook turns out to be damaged."""
        with _opened(self.path) as book:
            sheet: Any = book[self.sheet]
            sheet.reset_dimensions()  # what a file says of its own size cuts rows off if wrong
            rows = iter(sheet.iter_rows())
            number = 0
            while (row := _next_quietly(rows)) is not None:
                number += 1
                yield number, [_cell(cell) for cell in row]


def open_xlsx(path: Path, sheet: str | None) -> XlsxSource:
    """Open the named sheet, or the first visible one. Raises Refused: damaged, encrypted, too
    large, or no such sheet (then with the names of those there are)."""
    with _as_refusal(path), ZipFile(path) as archive:
        _check_size(path, archive)
        check_order(archive, title=path.name)
    with _opened(path) as book:
        states = {str(ws.title): str(ws.sheet_state) for ws in book.worksheets}
        if not states:
            raise Refused(f"{path.name}: the workbook has no sheet with cells")
        if sheet is not None and sheet not in states:
            raise Refused(
                f"{path.name}: has no sheet {sheet!r}, only {listed(list(states))}; "
                "correct `sheet` in the mapping"
            )
        visible = [title for title, state in states.items() if state == "visible"]
        return XlsxSource(path, sheet or (visible or list(states))[0], book.epoch)


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    with _as_refusal(path), path.open("rb") as file:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which are not read
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _as_refusal(path: Path) -> Iterator[None]:
    """A hostile or broken workbook makes the reader fail in many ways; all mean the same here."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except BadZipFile:
        raise Refused(
            f"{path.name}: the workbook is cut short or damaged; fetch or save it again"
        ) from None
    except Exception as fault:
        raise Refused(
            f"{path.name}: the workbook is damaged ({type(fault).__name__}); "
            "open it in a spreadsheet program and save it again"
        ) from fault


def _check_size(path: Path, archive: ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(f"{path.name}: is encrypted; save it without a password")
    strings = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    if strings > LARGEST_STRINGS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(f"{path.name}: unpacks to more than can be read; split it, or save as CSV")


def _next_quietly(rows: Iterator[Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a serial beyond all dates comes as an error value
        return next(rows, None)


def _cell(cell: Any) -> Cell:
    if cell.data_type == "f":
        return Formula()
    if cell.data_type == "e":
        return ErrorValue()
    value: Cell = cell.value
    return _unescaped(value) if isinstance(value, str) and "_x" in value else value


def _unescaped(text: str) -> str:
    """Undo the workbook's spelling of characters that XML cannot hold."""
    plain = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
