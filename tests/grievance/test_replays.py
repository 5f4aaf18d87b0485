"""Read models built anew in other ways than they were lived come to the same, the erased too."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.grievance.log import EVENTS, LOG
from services.grievance.projections.case_words import case_words
from services.grievance.service import MODELS, Grievance
from shared.runtime.projections import digesting
from shared.runtime.projections.digesting import Line
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.origins import Mark
from shared.runtime.projections.projecting import Projector
from shared.runtime.projections.replaying import How, replayed
from shared.store.pool import Pool
from tests.grievance.front_desk import CHIEF, FrontDesk
from tests.grievance.test_projection_specs import live, pool

__all__ = ["pool"]  # a fixture

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

# Events a page, seed of the shuffle, shares.
WAYS = [(3, 1, 1), (50, 2, 3), (2_000, None, 2)]
PEOPLE = [UUID(int=number) for number in (1, 2, 3)]


async def _lived(origin: LogFed) -> tuple[Mark, list[Line]]:
    mark, part = await digesting.lived(origin)
    return mark, digesting.lines(origin.model, [part])


async def _anew(origin: LogFed, until: Mark, way: tuple[int, int | None, int]) -> list[Line]:
    page, seed, of = way
    hows = [How(page, seed, (number, of)) for number in range(of)]
    return digesting.lines(origin.model, [await replayed(origin, until, how) for how in hows])


async def test_every_read_model_comes_to_what_was_lived(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await live(connection, seed=1)
    runner = Projector(pool, LOG, EVENTS, MODELS)
    await runner.prepare()
    await runner.drain()
    for model in MODELS:
        origin = LogFed(pool, LOG, EVENTS, model)
        mark, lived = await _lived(origin)
        assert lived[0].rows, model.name
        for way in WAYS:
            assert await _anew(origin, mark, way) == lived, (model.name, way)


async def test_so_do_the_words_of_cases_though_an_erasure_comes_before_a_petition(
    desk: FrontDesk, service: Grievance
) -> None:
    """Shuffled, the stream of the erased is read before, between and behind what they filed."""
    for number in range(12):
        await desk.file(person=str(PEOPLE[number % 3]), subject=f"第{number}件路灯的事")
    await service.searched.drain()
    await service.projector.drain()
    path, form = f"/persons/{PEOPLE[0]}/erasure", {"reason": "own_request"}
    answer = await desk.client.post(path, json=form, headers=desk.headers(**CHIEF))
    assert answer.status_code == 200, answer.text
    await desk.file(person=str(PEOPLE[1]), subject="又一件路灯的事")
    await service.searched.drain()
    origin = LogFed(service.pool, LOG, EVENTS, case_words, service.wording)
    mark, lived = await _lived(origin)
    assert lived[0].rows == 9
    for way in (*WAYS, *((1, seed, 2) for seed in range(6))):
        assert await _anew(origin, mark, way) == lived, way
