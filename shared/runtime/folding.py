"""One page of the log through the read models: folded in memory, written set by set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.store import tables, tallies
from shared.store.pool import Connection

Model = ReadModel[Any, Any]
Sums = dict[TallyKey, dict[str, int]]


async def apply(
    connection: Connection, model: Model, events: Sequence[Recorded[Any]], schema: str = tables.LIVE
) -> None:
    """Fold the events into the model's rows and its tally, in the caller's transaction."""
    keyed = [(key, recorded) for recorded in events if (key := model.key(recorded)) is not None]
    before = await tables.prior(connection, model, {key for key, _ in keyed}, schema)
    after = fold(model, keyed, before)
    changes = changed(before, after)
    if model.tally is not None:
        await tallies.add(connection, model.tally, difference(model.tally, before, changes), schema)
    await tables.write(connection, model, changes, schema, before)


def fold(
    model: Model, keyed: Iterable[tuple[UUID, Recorded[Any]]], before: Mapping[UUID, Any]
) -> dict[UUID, Any]:
    """The rows of these keys after the events."""
    rows: dict[UUID, Any] = {}
    for key, recorded in keyed:
        prior = rows[key] if key in rows else before.get(key)
        rows[key] = model.fold(prior, recorded)
    return rows


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
