"""One row judged: either a petition to be imported, or everything that is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from shared.sheets.cells import Cell, is_blank
from shared.sheets.dates import Calendar, Moment
from shared.sheets.rejects import Reject
from shared.sheets.table import Row
from shared.sheets.values import Unfit, as_count, as_text

from .area import first_place
from .verdicts import BadRow, GoodRow, Verdict

LIMITS = {"text": 100_000, "reply": 100_000, "subject": 1_000, "ref": 200}  # characters
OTHER_LIMIT = 500
NEEDED = frozenset({"ref", "subject", "text", "raised_at"})
MOMENTS = frozenset({"raised_at", "replied_at"})
COUNTS = frozenset({"support", "oppose"})
UNKNOWN_AREA = "unknown"

Reader = Callable[[Cell], Any]


@dataclass(frozen=True)
class Rules:
    """What a file's rows are judged by: headers by field, values by field when a cell is empty,
    the words that stand for codes, the codes that exist, and how dates are read."""

    headers: Mapping[str, str]
    calendar: Calendar
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def readers(self) -> tuple[tuple[str, str, Reader], ...]:
        """Field, header and reader of each mapped column; a reader raises Unfit."""
        return tuple((name, header, self._reader(name)) for name, header in self.headers.items())

    def _reader(self, name: str) -> Reader:
        if name in MOMENTS:
            return self.calendar.moment
        if name in COUNTS:
            return as_count
        if name in self.words or name in self.codes:
            return partial(_as_code, words=self.words.get(name), known=self.codes.get(name))
        return partial(as_text, limit=LIMITS.get(name, OTHER_LIMIT))


def judge(row: Row, rules: Rules) -> Verdict:
    """Take the row or name all its faults; raises nothing, whatever the cells hold."""
    faults: list[Reject] = []
    if row.overflows:
        reason = "has more cells than the header has columns; check its quotation marks"
        faults.append(Reject(row.number, "", reason))
    values = _read(row, rules, faults)
    _check_reply(row, rules, faults)
    raised, replied = values.get("raised_at"), values.get("replied_at")
    if raised and replied and replied.at < raised.at:
        if not _may_follow(raised, replied, rules.calendar):
            header = rules.headers["replied_at"]
            faults.append(Reject(row.number, header, "is before the petition was raised"))
        replied = raised
    if faults or raised is None:
        return BadRow(row.number, values.get("ref"), tuple(faults))
    values["raised_at"], values["replied_at"] = raised.at, replied.at if replied else None
    if "area" not in values:
        values["area"] = first_place(values.get("subject", "")) or UNKNOWN_AREA
    return GoodRow(row=row.number, **values)


def _read(row: Row, rules: Rules, faults: list[Reject]) -> dict[str, Any]:
    """The fields that the row fills, and the defaults of those it does not."""
    values: dict[str, Any] = dict(rules.defaults)
    for name, header, read in rules.readers:
        cell = row.cells.get(header)
        if is_blank(cell):
            if name in NEEDED:
                faults.append(Reject(row.number, header, "is empty"))
            continue
        try:
            values[name] = read(cell)
        except Unfit as reason:
            faults.append(Reject(row.number, header, str(reason)))
    return values


def _as_code(cell: Cell, *, words: Mapping[str, str] | None, known: frozenset[str] | None) -> str:
    """The code that the cell's word stands for. Raises Unfit."""
    written = as_text(cell, limit=OTHER_LIMIT)
    code = written if words is None else words.get(written)
    if code is None:
        raise Unfit("is a value that the mapping does not list")
    if known is not None and code not in known:
        raise Unfit("is not a known code; list it in the mapping")
    return code


def _check_reply(row: Row, rules: Rules, faults: list[Reject]) -> None:
    """A reply and its time come together."""
    if "reply" not in rules.headers:
        return
    reply, time = rules.headers["reply"], rules.headers["replied_at"]
    said, timed = not is_blank(row.cells.get(reply)), not is_blank(row.cells.get(time))
    if timed and not said:
        faults.append(Reject(row.number, reply, "is empty though the reply has a time"))
    if said and not timed:
        faults.append(Reject(row.number, time, "is empty though there is a reply"))


def _may_follow(raised: Moment, replied: Moment, calendar: Calendar) -> bool:
    """A reply dated by its day alone may have been given on the petition's own day; it is then
    taken to be as old as the petition."""
    days = {moment.at.astimezone(calendar.zone).date() for moment in (raised, replied)}
    return replied.whole_day and len(days) == 1
