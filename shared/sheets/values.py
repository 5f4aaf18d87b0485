"""From a cell to a text or a count, or to the reason why it is neither."""

import re
from datetime import date, time, timedelta

from .cells import Cell, ErrorValue, Formula

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
EXACT_NUMBER = 10**15  # a spreadsheet keeps 15 digits; beyond, an id is no longer what was typed
LARGEST_COUNT = 10**9


class Unfit(Exception):
    """Why a cell cannot be taken. Never quotes the cell: it may be personal data."""


def as_text(cell: Cell, *, limit: int) -> str:
    """The cell as text without outer white space, line ends as \\n. Whole numbers lose their
    point (2549.0 is "2549"). Raises Unfit."""
    text = cell if isinstance(cell, str) else _spelled(cell)
    if len(text) > limit:
        raise Unfit(f"is {len(text):,} characters long; the limit is {limit:,}")
    if found := UNPRINTABLE.search(text):
        raise Unfit(_what(found[0]))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def as_count(cell: Cell) -> int:
    """The cell as a whole number from zero upwards. Raises Unfit."""
    if isinstance(cell, float) and cell.is_integer():
        count = int(cell)
    elif isinstance(cell, int) and not isinstance(cell, bool):
        count = cell
    else:
        digits = as_text(cell, limit=500)
        if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.0+)?", digits):
            raise Unfit("is not a whole number")
        count = int(digits.partition(".")[0])
    if count < 0:
        raise Unfit("is negative")
    if count > LARGEST_COUNT:
        raise Unfit("is too large for a count")
    return count


def refuse_computed(cell: Cell) -> None:
    """Raises Unfit for a formula or an error value."""
    if isinstance(cell, Formula):
        raise Unfit("is a formula; paste its value instead")
    if isinstance(cell, ErrorValue):
        raise Unfit("shows an error value")


def _what(unprintable: str) -> str:
    if unprintable == "\x00":
        return "holds a NUL character"
    if unprintable >= "\ud800":
        return "holds a lone surrogate or bytes that are not text"
    return "holds a control character"


def _spelled(cell: Cell) -> str:
    refuse_computed(cell)
    if isinstance(cell, date | time | timedelta):
        raise Unfit("is a date or time where text is expected; format the column as text")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell)
    return ""


def _number(number: int | float) -> str:
    if not -EXACT_NUMBER < number < EXACT_NUMBER:  # also true of NaN and the infinities
        raise Unfit("is a number too long to be exact; format the column as text")
    return str(int(number)) if number == int(number) else repr(number)
