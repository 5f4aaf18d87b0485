"""A process of the shop is killed at every step of a redemption: points, pieces and the redemption
say the same of it all the same, and whoever asks again gets what was done, done once."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from random import Random, SystemRandom
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.points.settings import Settings
from tests.points import tills
from tests.points.counters import person
from tests.points.market import Market
from tests.points.tills import KilledMidway, RunningTill, Told

pytestmark = [pytest.mark.postgres, pytest.mark.anyio, pytest.mark.timeout(3_000)]
ROUNDS = int(os.environ.get("LINLI_FAULT_ROUNDS", "10"))
SEED = int(os.environ.get("LINLI_FAULT_SEED", SystemRandom().randrange(1_000_000)))
BUYERS, PRICE = 6, 15
ENDS = ("fulfil", "cancel", "lapse")
ENDED = {"fulfil": "fulfilled", "cancel": "cancelled", "lapse": "cancelled"}
Asked = Mapping[UUID, Mapping[str, Any]]


class Killing:
    """Asks for steps, kills the process meanwhile, and asks another one again. `seen` counts what
    became of each step by the time of its death."""

    def __init__(self, settings: Settings, chance: Random) -> None:
        self._settings, self._chance = settings, chance
        self._took = 0.05
        self._till: RunningTill | None = None
        self.seen: Counter[str] = Counter()

    async def step(self, market: Market, name: str, asked: Asked) -> Sequence[Told]:
        """All of these at once, by a process that is killed, then by another one."""
        till = self._till or await tills.started(self._settings)
        asking = [asyncio.create_task(_heard(till, name, key, asked)) for key in asked]
        await asyncio.sleep(self._chance.uniform(0, self._took))
        await till.kill()
        heard = await asyncio.gather(*asking)
        await tills.books(market.service.pool)
        self._till = await tills.started(self._settings)
        began = monotonic()
        told = await asyncio.gather(*(self._till.ask(name, key, **asked[key]) for key in asked))
        self._took = max(self._took / 2, monotonic() - began)
        self._compare(heard, told)
        return told

    async def aclose(self) -> None:
        """Kill the last one, too."""
        if self._till:
            await self._till.kill()

    def _compare(self, heard: Sequence[Told | None], told: Sequence[Told]) -> None:
        for before, after in zip(heard, told, strict=True):
            assert "one" in after, after
            assert after["repeated"] or before is None, "what was answered is in the log"
            assert before is None or before["one"] == after["one"]
            self.seen["answered" if before else "done" if after["repeated"] else "lost"] += 1


async def _heard(till: RunningTill, name: str, key: UUID, asked: Asked) -> Told | None:
    try:
        return await till.ask(name, key, **asked[key])
    except (KilledMidway, ConnectionError):
        return None


@pytest.fixture
async def killing(settings: Settings) -> AsyncIterator[Killing]:
    """Processes to be killed."""
    made = Killing(settings, Random(SEED))
    yield made
    await made.aclose()


async def test_whoever_is_killed_at_whatever_step_nothing_is_half_done(
    market: Market, killing: Killing
) -> None:
    shop = await market.shop()
    for number in range(ROUNDS):
        item = UUID(await market.item(shop, BUYERS, PRICE))
        await _round(market, killing, item, number)
        books = await tills.books(market.service.pool)
        state = books.items[item]
        assert (state.shelf, len(state.held), state.given) == (BUYERS - 1, 0, 1)
    assert all(state.held == 0 for state in books.accounts.values()), "every hold has ended"
    assert books.sold == (ROUNDS, ROUNDS * PRICE)
    assert killing.seen["lost"], f"nobody was ever interrupted (seed {SEED})"


async def _round(market: Market, killing: Killing, item: UUID, number: int) -> None:
    """Six are put aside; two each are fetched, cancelled and left; one of those fetched comes
    back."""
    people = [person(number * BUYERS + who) for who in range(BUYERS)]
    for one in people:
        await market.give(one, 1)
    choice = {"item": item, "points": PRICE}
    chosen = await killing.step(
        market, "choose", {uuid4(): {"person": one, **choice} for one in people}
    )
    ones = [told["one"] for told in chosen]
    assert len(set(ones)) == BUYERS
    for at, name in enumerate(ENDS):
        pair = ones[2 * at : 2 * at + 2]
        await killing.step(market, name, {uuid4(): {"one": one} for one in pair})
        states = (await tills.books(market.service.pool)).redemptions
        assert {states[UUID(one)].status for one in pair} == {ENDED[name]}
    await killing.step(market, "bring_back", {uuid4(): {"one": ones[0]}})
