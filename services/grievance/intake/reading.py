"""A file of petitions as a stream of verdicts, one for each row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.sheets.dates import Calendar
from shared.sheets.formats import open_source
from shared.sheets.refusal import Refused, listed
from shared.sheets.rejects import Reject
from shared.sheets.table import Table, survey

from .builtin import fitting
from .mapping import Mapping as ColumnMapping
from .rows import Rules, judge
from .verdicts import BadRow, GoodRow, Verdict

Codes = Mapping[str, frozenset[str]]
CONTENT = attrgetter(*(field.name for field in fields(GoodRow) if field.name != "row"))


class _First(NamedTuple):
    row: int
    digest: bytes


@dataclass(frozen=True)
class Intake:
    """A file ready to be read: `total` rows, each of which gets exactly one verdict.

    Iterate it as often as needed; each time reads from the start. Only refs and a digest of each
    good row are held in memory. Raises Refused while iterating only if the file has changed
    since it was opened.
    """

    title: str
    total: int
    mapping: ColumnMapping
    rules: Rules
    table: Table

    def __iter__(self) -> Iterator[Verdict]:
        seen: dict[str, _First] = {}
        ref_header = self.rules.headers["ref"]
        for row in self.table.rows(tuple(self.rules.headers.values())):
            verdict = judge(row, self.rules)
            yield _told_apart(verdict, seen, ref_header)


def read(
    path: Path, mapping: ColumnMapping | None, *, now: datetime, codes: Codes | None = None
) -> Intake:
    """Open a file of petitions; without a mapping the built-in one that fits is taken.

    `now` is aware: nothing later is believed. `codes` names the codes that exist, by field
    ("case_type", "channel", …); without it any code passes. The file is read to its end once, so
    a damaged one is refused before its first row is given. Raises Refused.
    """
    table = survey(open_source(path, sheet=mapping.sheet if mapping else None))
    chosen = mapping or fitting(table.headers, title=table.source.title)
    headers = chosen.headers()
    table.check_columns(tuple(headers.values()))
    rules = Rules(
        headers=headers,
        calendar=Calendar(ZoneInfo(chosen.timezone), now, chosen.date_formats, table.source.epoch),
        defaults=chosen.defaults.model_dump(exclude_none=True),
        words={name: words for name, words in chosen.values.items()},
        codes=codes or {},
    )
    _check_codes(rules, chosen.source)
    return Intake(table.source.title, table.total, chosen, rules, table)


def _check_codes(rules: Rules, source: str) -> None:
    """A mapping that gives codes which do not exist would reject its own rows."""
    for name, known in rules.codes.items():
        given = {*rules.words.get(name, {}).values(), *filter(None, [rules.defaults.get(name)])}
        if unknown := sorted(given - known):
            raise Refused(
                f"mapping {source}: {name} has no code {listed(unknown)}; "
                f"known are {listed(sorted(known))}"
            )


def _told_apart(verdict: Verdict, seen: dict[str, _First], ref_header: str) -> Verdict:
    """The verdict, unless its ref was taken by an earlier good row."""
    ref = verdict.ref
    first = seen.get(ref) if ref is not None else None
    if isinstance(verdict, BadRow):
        if first is None:
            return verdict
        again = Reject(verdict.row, ref_header, f"repeats the id of row {first.row}")
        return replace(verdict, faults=(*verdict.faults, again))
    digest = _digest(verdict)
    if first is None:
        seen[verdict.ref] = _First(verdict.row, digest)
        return verdict
    reason = (
        f"repeats row {first.row}"
        if digest == first.digest
        else f"contradicts row {first.row}: same id, other content"
    )
    return BadRow(verdict.row, ref, (Reject(verdict.row, ref_header, reason),))


def _digest(row: GoodRow) -> bytes:
    content = "\x1f".join(map(str, CONTENT(row)))  # no value holds a control character
    return blake2b(content.encode(), digest_size=16).digest()
