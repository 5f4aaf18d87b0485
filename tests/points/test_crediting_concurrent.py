"""Points given to each other at the same time: every one of them is somewhere, none twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.points.counter import ANN, BEN, COUNTER, GRID, REVIEWER, Counter, deed, resident

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_points_that_cross_on_their_way_are_not_lost(counter: Counter) -> None:
    await counter.publish(daily=None, monthly=None)
    for person in (ANN, BEN):
        await counter.given(2, person)
    ways = [(ANN, BEN), (BEN, ANN)] * 10

    async def one(number: int) -> int:
        giver, to = ways[number]
        form = {"to": str(to), "points": 1 + number % 3}
        headers = counter.headers(**resident(giver))
        path = f"/accounts/person/{giver}/transfer"
        return (await counter.client.post(path, json=form, headers=headers)).status_code

    answers = await asyncio.gather(*(one(number) for number in range(len(ways))))
    assert answers == [200] * len(ways), "each had enough, whoever was first"
    await counter.service.projector.drain()
    left = [(await counter.account(person))["free"] for person in (ANN, BEN)]
    given = [sum(1 + n % 3 for n in range(first, len(ways), 2)) for first in (0, 1)]
    assert left == [30 - given[0] + given[1], 30 - given[1] + given[0]]


async def test_a_limit_of_the_day_holds_against_many_who_give_at_once(counter: Counter) -> None:
    async def one(actor: str) -> int:
        headers = counter.headers(**{**GRID, "sub": actor})
        path = f"/accounts/person/{ANN}/earn"
        return (await counter.client.post(path, json=deed(), headers=headers)).status_code

    answers = await asyncio.gather(*(one(f"grid-{number}") for number in range(8)))
    assert answers == [200] * 8
    await counter.service.projector.drain()
    found = await counter.entries()
    assert found["free"] == 50, "fifty a day, by the rules"
    assert sum(one["over"] for one in found["items"]) == 8 * 15 - 50


async def test_one_lot_is_taken_back_by_one_of_many(counter: Counter) -> None:
    lot = await counter.given(1)

    async def one(actor: str) -> int:
        headers = counter.headers(**{**REVIEWER, "sub": actor})
        path = f"/accounts/person/{ANN}/lots/{lot}/reverse"
        form = {"reason": "mistake"}
        return (await counter.client.post(path, json=form, headers=headers)).status_code

    answers = await asyncio.gather(*(one(f"reviewer-{number}") for number in range(6)))
    assert sorted(answers)[0] == 200
    assert answers.count(200) == 1
    await counter.service.projector.drain()
    found = await counter.read(f"/accounts/person/{ANN}", COUNTER)
    assert (found["free"], found["owed"]) == (0, 0)
