"""Whether the rows and cells of a workbook's sheets ascend.

The spreadsheet reader drops what stands out of order, and counts up to any row number it is
given; a file that would lose rows that way is refused before it is read.
"""

import re
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from .refusal import Refused

LAST_ROW = 1_048_576
SHEET_PART = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
DIGITS = "0123456789"


class _Order:
    def __init__(self, part: str) -> None:
        self.part = part
        self.row = 0
        self.column = (0, "")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._enter_row(attributes.get("r"))
        elif name == "c" and "r" in attributes:
            self._enter_cell(attributes["r"].rstrip(DIGITS))

    def _enter_row(self, stated: str | None) -> None:
        row = int(float(stated)) if stated else self.row + 1
        if not self.row < row <= LAST_ROW:
            raise Refused(f"{self.part}: row {row} is out of order; save the workbook again")
        self.row, self.column = row, (0, "")

    def _enter_cell(self, letters: str) -> None:
        column = (len(letters), letters)
        if not self.column < column:
            raise Refused(
                f"{self.part}: row {self.row}: cells are out of order; save the workbook again"
            )
        self.column = column


def check_order(archive: ZipFile, *, title: str) -> None:
    """Read every sheet's markup once; `title` is what the message calls the workbook. Raises
    Refused, or the parser's own error."""
    for part in archive.namelist():
        if SHEET_PART.match(part):
            parser = ParserCreate()
            parser.StartElementHandler = _Order(f"{title}: {part}").start
            with archive.open(part) as markup:
                parser.ParseFile(markup)
