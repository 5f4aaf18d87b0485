"""Questions to an API over an open load, each at its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

import httpx

from bench.figures import Sample
from bench.opened import Arrivals, clock, open_loop
from bench.stage import Round, Stage

PATIENCE, CONNECTIONS = 30.0, 32
SETTLING, AT_ONCE = 15, 8


def asking(token: str, address: Callable[[Random], str], a_second: int) -> Round:
    """A round of questions. Raises RuntimeError when not all answers are 200."""
    about = {"authorization": f"Bearer {token}"}

    async def run(stage: Stage) -> Sample:
        random, arrivals, statuses = Random(5), Arrivals(), set[int]()
        limits = httpx.Limits(max_connections=CONNECTIONS)
        client = httpx.AsyncClient(headers=about, timeout=PATIENCE, trust_env=False, limits=limits)

        async def act(asked: float) -> None:
            answer = await client.get(address(random))
            arrivals.took.append((asked, clock() - asked))
            statuses.add(answer.status_code)

        async with client:
            for _ in range(SETTLING):  # connections are made, statements planned
                await asyncio.gather(*(act(0.0) for _ in range(AT_ONCE)))
            arrivals.reached(0, 0)
            sample = await open_loop(stage.window, a_second, act, arrivals)
        if statuses != {200}:
            raise RuntimeError(f"not only 200: {statuses}")
        return sample

    return run
