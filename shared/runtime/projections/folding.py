"""Pages of a log through a read model: folded in memory, written set by set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.person.events import SubjectErased
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.store import tables, tallies
from shared.store.pool import Connection
from shared.store.purging import purge

Model = ReadModel[Any, Any]
Sums = dict[TallyKey, dict[str, int]]


class Folding:
    """Events into one model's rows and its tally: read and folded page by page, written once.

    In the caller's transaction. Nobody else may write the rows meanwhile.
    """

    def __init__(self, connection: Connection, model: Model, schema: str = tables.LIVE) -> None:
        self._connection = connection
        self._model = model
        self._schema = schema
        self._before: dict[UUID, Any] = {}
        self._rows: dict[UUID, Any] = {}
        self._erased: set[UUID] = set()

    async def take(
        self, events: Sequence[Recorded[Any]], gone: Collection[UUID] | None = None
    ) -> None:
        """Fold the next events; `gone` are those of whom they say that they are erased, where the
        caller knows them already."""
        self._erased |= erased(events) if gone is None else {*gone}
        keyed = keyed_rows(self._model, events)
        if not keyed:
            return
        missing = {key for key, _ in keyed} - self._rows.keys()
        found = await tables.prior(self._connection, self._model, missing, self._schema)
        self._before |= found
        self._rows |= found
        fold(self._model, keyed, self._rows)

    async def write(self) -> None:
        """Write what has changed."""
        connection, model, before = self._connection, self._model, self._before
        changes = changed(before, self._rows)
        if model.tally is not None:
            gained = difference(model.tally, before, changes)
            await tallies.add(connection, model.tally, gained, self._schema)
        await tables.write(connection, model, changes, self._schema, before)
        await purge(connection, model, self._erased, self._schema)


async def apply(
    connection: Connection, model: Model, events: Sequence[Recorded[Any]], schema: str = tables.LIVE
) -> None:
    """One page alone."""
    folding = Folding(connection, model, schema)
    await folding.take(events)
    await folding.write()


def keyed_rows(model: Model, events: Iterable[Recorded[Any]]) -> list[tuple[UUID, Recorded[Any]]]:
    """The events that a model is about, each with the key of its row."""
    key_of, interest = model.key, model.interest
    return [
        (key, one)
        for one in events
        if interest[type(one.event)] and (key := key_of(one)) is not None
    ]


def fold(
    model: Model, keyed: Iterable[tuple[UUID, Recorded[Any]]], rows: dict[UUID, Any]
) -> dict[UUID, Any]:
    """These rows after the events, in place; None where a row has gone."""
    step = model.fold
    for key, recorded in keyed:
        rows[key] = step(rows.get(key), recorded)
    return rows


def erased(events: Iterable[Any]) -> set[UUID]:
    """Those whom these events say are erased."""
    return {
        one.event.subject
        for one in events
        if isinstance(one, Recorded) and isinstance(one.event, SubjectErased)
    }


def changed(before: Mapping[UUID, Any], after: Mapping[UUID, Any]) -> dict[UUID, Any]:
    """What of `after` is not as it was; None where a row has gone."""
    return {
        key: row
        for key, row in after.items()
        if row is not (prior := before.get(key)) and row != prior
    }


def difference(
    tally: Tally[Any],
    before: Mapping[UUID, Any],
    changes: Mapping[UUID, Any],
    so_far: Sums | None = None,
) -> Sums:
    """What the tally gains: count of the new rows minus count of the old; added to `so_far`."""
    sums: Sums = defaultdict(lambda: defaultdict(int)) if so_far is None else so_far
    for key, row in changes.items():
        for sign, version in ((1, row), (-1, before.get(key))):
            if version is None:
                continue
            for place, amounts in tally.count(version).items():
                for measure, amount in amounts.items():
                    sums[place][measure] += sign * amount
    return sums
