"""One page of the log through the read models: folded in memory, written set by set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.store import tables
from shared.store.pool import Connection

Model = ReadModel[Any, Any]


async def apply(
    connection: Connection, model: Model, events: Sequence[Recorded[Any]], schema: str = tables.LIVE
) -> None:
    """Fold the events into the model's rows and its tally, in the caller's transaction."""
    keyed = [(key, recorded) for recorded in events if (key := model.key(recorded)) is not None]
    before = await tables.prior(connection, model, {key for key, _ in keyed}, schema)
    after = fold(model, keyed, before)
    changes = {key: row for key, row in after.items() if row != before.get(key)}
    if model.tally is not None:
        await tables.add(connection, model.tally, difference(model.tally, before, changes), schema)
    await tables.write(connection, model, changes, schema)


def fold(
    model: Model, keyed: Sequence[tuple[UUID, Recorded[Any]]], before: Mapping[UUID, Any]
) -> dict[UUID, Any]:
    """The rows of these keys after the events."""
    rows: dict[UUID, Any] = {}
    for key, recorded in keyed:
        prior = rows[key] if key in rows else before.get(key)
        rows[key] = model.fold(prior, recorded)
    return rows


def difference(
    tally: Tally[Any], before: Mapping[UUID, Any], changes: Mapping[UUID, Any]
) -> dict[TallyKey, dict[str, int]]:
    """What the tally gains: count of the new rows minus count of the old."""
    sums: dict[TallyKey, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, row in changes.items():
        for sign, version in ((1, row), (-1, before.get(key))):
            if version is None:
                continue
            for place, amounts in tally.count(version).items():
                for measure, amount in amounts.items():
                    sums[place][measure] += sign * amount
    return sums
