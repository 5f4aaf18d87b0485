"""What a read model holds: by its own functions, event after event, and in its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.store import tables
from shared.store.pool import Connection
from shared.testkit.databases import everything

Model = ReadModel[Any, Any]
History = Sequence[Recorded[Any]]
Sums = Mapping[TallyKey, Mapping[str, int]]


class Contents(NamedTuple):
    """The rows by key, and the sums of the tally, those that are all 0 left out."""

    rows: Mapping[UUID, Any]
    sums: Sums


def folded(model: Model, history: Iterable[Recorded[Any]]) -> Contents:
    """One event after the other; the tally is counted from the rows that are left."""
    rows: dict[UUID, Any] = {}
    for recorded in history:
        key = model.row_of(recorded)
        if key is not None:
            row = model.fold(rows.pop(key, None), recorded)
            rows |= {} if row is None else {key: row}
    return Contents(rows, recounted(model.tally, rows.values()))


def recounted(tally: Tally[Any] | None, rows: Iterable[Any]) -> Sums:
    """The sums that these rows come to."""
    if tally is None:
        return {}
    sums: dict[TallyKey, dict[str, int]] = {}
    for row in rows:
        for key, amounts in tally.count(row).items():
            line = sums.setdefault(key, dict.fromkeys(tally.measures, 0))
            for measure, amount in amounts.items():
                line[measure] += amount
    return {key: line for key, line in sums.items() if any(line.values())}


async def stored(connection: Connection, model: Model) -> Contents:
    """What the tables hold."""
    columns = [column.name for column in tables.columns(model.row)]
    rows = [model.row(*values) for values in await everything(connection, model.name, columns)]
    keyed = {getattr(row, columns[0]): row for row in rows}
    tally = model.tally
    if tally is None:
        return Contents(keyed, {})
    width, names = len(tally.keys), [*tally.keys, *tally.measures]
    lines = await everything(connection, tally.name, names)
    sums = {line[:width]: dict(zip(tally.measures, line[width:], strict=True)) for line in lines}
    return Contents(keyed, sums)


def renamed(model: Model, ending: str) -> Model:
    """The same read model with tables of its own, to stand beside it."""
    tally = model.tally and replace(model.tally, name=f"{model.tally.name}_{ending}")
    return replace(model, name=f"{model.name}_{ending}", tally=tally)


def mortal(model: Model, history: History, random: Random) -> Model:
    """The same, but half of its rows are gone with the last event that speaks of them."""
    last = {key: one.position for one in history if (key := model.row_of(one)) is not None}
    ends = set(random.sample(sorted(last.values()), k=(len(last) + 1) // 2))

    def fold(row: Any, recorded: Recorded[Any]) -> Any:
        return None if recorded.position in ends else model.fold(row, recorded)

    return replace(model, fold=fold)
