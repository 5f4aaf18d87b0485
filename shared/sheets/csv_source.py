"""A CSV file as rows of cells: one record at a time, whatever is inside a field."""

import csv
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from .cells import SERIAL_EPOCH
from .encoding import Encoding, detect_encoding
from .refusal import Refused

DELIMITERS = (",", ";", "\t")
LONGEST_FIELD = 1 << 26  # characters; longer is a quotation mark that nobody closed
END = "\x00end of file\x00"  # a line of our own: swallowed by a field only if a quote is open


@dataclass(frozen=True)
class CsvSource:
    """An opened CSV file. A blank line counts as a row, a line break within quotes does not, as
    in a spreadsheet program."""

    path: Path
    encoding: Encoding
    delimiter: str
    ragged: bool = True
    epoch: datetime = SERIAL_EPOCH

    @property
    def title(self) -> str:
        """The file's name and encoding."""
        return f"{self.path.name} (CSV in {self.encoding.codec})"

    def records(self) -> Generator[tuple[int, list[str]]]:
        """Each record with its row number. Raises Refused."""
        csv.field_size_limit(LONGEST_FIELD)
        with self.path.open(
            encoding=self.encoding.codec, errors=self.encoding.errors, newline=""
        ) as file:
            reader = csv.reader(chain(file, [END]), delimiter=self.delimiter)
            try:
                yield from _until_end(reader, self.title)
            except csv.Error as fault:
                raise Refused(f"{self.title}: line {reader.line_num}: {fault}") from None
            except UnicodeDecodeError:
                raise Refused(
                    f"{self.title}: ends in the middle of a character; "
                    "the file was cut short: fetch it again"
                ) from None


def _until_end(reader: Iterator[list[str]], title: str) -> Iterator[tuple[int, list[str]]]:
    for number, fields in enumerate(reader, 1):
        if fields == [END]:
            return
        if fields and fields[-1].endswith(END):
            raise Refused(
                f"{title}: row {number}: a quotation mark is opened and never closed; "
                "close it or double it"
            )
        yield number, fields


def open_csv(path: Path) -> CsvSource:
    """Open a CSV file, finding out its encoding and its delimiter. Raises Refused."""
    encoding = detect_encoding(path)
    return max(
        (CsvSource(path, encoding, delimiter) for delimiter in DELIMITERS), key=_header_width
    )


def _header_width(source: CsvSource) -> int:
    with closing(source.records()) as records:
        return next((len(fields) for _, fields in records if any(map(str.strip, fields))), 0)
