"""Every read model of the service as of another time, beside its history worked out plainly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.grievance.log import EVENTS, LOG
from services.grievance.projections.case_timeline import case_timeline
from services.grievance.service import MODELS, Grievance
from shared.core.envelope import Recorded
from shared.core.messages import Correction
from shared.runtime.projections import log_past
from shared.runtime.projections.building import Builder, When
from shared.runtime.projections.log_past import LogPast
from shared.store.pool import Connection
from shared.store.tables import columns
from shared.testkit.contents import Contents, Model, folded
from tests.grievance.cases import MAY_1
from tests.grievance.lives import Lives, live_at_random

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
FOREVER = MAY_1 + timedelta(days=100_000)
# How far the register has come is told by versions and times of recording, whatever their order.
COME = ("version", "updated_at")


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages end within streams."""
    monkeypatch.setattr(log_past, "PAGE", 17)


async def _held(connection: Connection, model: Model) -> Contents:
    """What the plain names of the model's tables mean on this connection."""
    names = [column.name for column in columns(model.row)]
    found = await connection.fetch(f"select {', '.join(names)} from {model.name}")
    rows = {row[0]: model.row(*row) for row in found}
    if model.tally is None:
        return Contents(rows, {})
    keys, measures = model.tally.keys, model.tally.measures
    lines = await connection.fetch(
        f"select {', '.join((*keys, *measures))} from {model.tally.name}"
    )
    sums = {tuple(line[key] for key in keys): {m: line[m] for m in measures} for line in lines}
    return Contents(rows, sums)


def _truth(history: Sequence[Recorded[Any]], moment: datetime) -> list[Recorded[Any]]:
    """What had happened by `moment`, corrections in place and with nothing more to say."""
    place = {(one.stream_id, one.version): index for index, one in enumerate(history)}
    told = list(history)
    for index, one in enumerate(history):
        if not isinstance(one.event, Correction):
            continue
        corrected = place[one.stream_id, one.event.corrects]
        changes: dict[str, Any] = dict(one.event.changes)
        before = told[corrected].event
        at = datetime.fromisoformat(changes.pop("occurred_at", before.at.isoformat()))
        event = before.model_copy(update={**changes, "at": at})
        told[corrected] = told[corrected]._replace(event=event, occurred_at=at)
        told[index] = one._replace(event=one.event.model_copy(update={"changes": {}}))
    happened = [one for one in told if one.occurred_at <= moment]
    return sorted(happened, key=lambda one: (one.occurred_at, one.version))


@pytest.mark.parametrize("seed", range(3))
async def test_every_model_as_of_is_its_history_put_right(service: Grievance, seed: int) -> None:
    async with service.pool.acquire() as connection:
        history = await live_at_random(connection, seed, {}, steps=400)
    assert sum(isinstance(one.event, Correction) for one in history) > 20
    builder = Builder(service.pool, LogPast(LOG, EVENTS))
    middle = history[len(history) // 2].recorded_at
    for model in MODELS:
        for at in (MAY_1, MAY_1 + timedelta(days=4), MAY_1 + timedelta(days=20), FOREVER):
            for known in (None, middle):
                seen = [one for one in history if known is None or one.recorded_at <= known]
                async with builder.built(model, When(at, known)) as (connection, mark):
                    built = await _held(connection, model)
                assert built == folded(model, _truth(seen, at)), (model.name, at, known)
                assert (mark.position, mark.parked) == (len(seen), ())


async def test_every_model_known_at_is_what_the_live_one_held_then(service: Grievance) -> None:
    lives: Lives = {}
    then: list[tuple[datetime, dict[str, Contents]]] = []
    async with service.pool.acquire() as connection:
        for seed in range(4):
            history = await live_at_random(connection, seed, lives, steps=50)
            await service.projector.drain()
            lived = {model.name: await _held(connection, model) for model in MODELS}
            then.append((history[-1].recorded_at, lived))
    builder = Builder(service.pool, LogPast(LOG, EVENTS))
    for known, lived in then:
        for model in MODELS:
            async with builder.built(model, When(known=known)) as (connection, _):
                assert await _held(connection, model) == lived[model.name], model.name


async def test_what_is_true_by_all_that_is_known_is_what_the_live_model_holds(
    service: Grievance,
) -> None:
    """A fold that follows corrections as they come ends where one ends that reads them in place."""
    async with service.pool.acquire() as connection:
        await live_at_random(connection, 7, {}, steps=400)
        await service.projector.drain()
        lived = {model.name: await _held(connection, model) for model in MODELS}
    for model in MODELS:
        if model is case_timeline:  # one row per event, as written
            continue
        async with Builder(service.pool, LogPast(LOG, EVENTS)).built(model, When(FOREVER)) as (
            then,
            _,
        ):
            built = await _held(then, model)
        live = lived[model.name]
        assert {key: _shown(row) for key, row in built.rows.items()} == {
            key: _shown(row) for key, row in live.rows.items()
        }, model.name
        assert built.sums == live.sums


def _shown(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name not in COME}
