"""A source with its header understood: rows as cells by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .cells import INVISIBLE, Cell, Source, is_blank
from .refusal import Refused, listed


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet program shows it, and the cells of the asked columns.
    `overflows` tells that it holds more than the header has columns for."""

    number: int
    cells: dict[str, Cell]
    overflows: bool = False


@dataclass(frozen=True)
class Table:
    """A source that was read through once: `total` rows stand under `headers`, blank ones not
    counted. Having been read to its end, it will not break off half-way."""

    source: Source
    headers: tuple[str, ...]
    total: int

    def rows(self, columns: Sequence[str]) -> Iterator[Row]:
        """Every row that is not blank, from the first, with these columns only."""
        places = {column: self.headers.index(column) for column in columns}
        width, ragged = len(self.headers), self.source.ragged
        records = _filled(self.source)
        next(records, None)
        for number, cells in records:
            count = len(cells)
            found = {c: cells[place] if place < count else None for c, place in places.items()}
            beyond = cells[width:] if ragged and count > width else ()
            yield Row(number, found, not all(map(is_blank, beyond)))

    def check_columns(self, columns: Sequence[str]) -> None:
        """Raises Refused if a column is missing, or if it is there twice."""
        missing = [column for column in columns if column not in self.headers]
        if missing:
            raise Refused(
                f"{self.source.title}: column {listed(missing)} is missing; found "
                f"{listed(self.headers)}; correct the header or the mapping"
            )
        twice = [column for column in columns if self.headers.count(column) > 1]
        if twice:
            raise Refused(
                f"{self.source.title}: column {listed(twice)} is there more than once; "
                "rename or remove one"
            )


def survey(source: Source) -> Table:
    """Read the source to its end once, keeping its header. Raises Refused if it is damaged
    anywhere, has nothing in it, or nothing but a header."""
    records = _filled(source)
    first = next(records, None)
    if first is None:
        raise Refused(f"{source.title}: is empty")
    headers = tuple(_header(cell) for cell in first[1])
    total = sum(1 for _ in records)
    if total == 0:
        raise Refused(f"{source.title}: has a header but no rows under it")
    return Table(source, headers, total)


def _filled(source: Source) -> Iterator[tuple[int, Sequence[Cell]]]:
    return ((number, cells) for number, cells in source.records() if not all(map(is_blank, cells)))


def _header(cell: Cell) -> str:
    return cell.strip().strip(INVISIBLE).strip() if isinstance(cell, str) else ""
