"""Trying rules on what was done: in a process of its own beside the service, which is ended when
nobody waits for it any more. What it holds does not grow with how much was done."""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from dataclasses import dataclass

from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

from services.points.queries.deeds_done import Span, walk
from services.points.rules.book import PointsRules
from services.points.rules.comparing import Compared
from services.points.rules.replaying import Replay
from shared.runtime.web.problems import Problem
from shared.store.pool import connect

LONGEST = 600.0  # seconds
MODEST = 10  # the service's own processes come first


@dataclass(frozen=True)
class Trial:
    """These rules, tried on what accounts at home in `places` did in these months."""

    rules: PointsRules
    span: Span
    places: list[str]


class Previews:
    """One trial at a time."""

    def __init__(self, dsn: str, longest: float = LONGEST) -> None:
        self._dsn = dsn
        self._longest = longest
        self._places = CapacityLimiter(1)

    @property
    def busy(self) -> bool:
        """Whether a trial is under way."""
        return self._places.borrowed_tokens > 0

    async def compared(self, trial: Trial) -> Compared:
        """What the rules would have changed. Raises Problem (503) while another trial is under way,
        for one that takes too long, and where no process could be had."""
        if self.busy:
            raise Problem(503, "preview_under_way", "rules are being tried just now; try again")
        try:
            async with asyncio.timeout(self._longest):
                return await to_process.run_sync(
                    tried, self._dsn, trial, self._longest,
                    cancellable=True, limiter=self._places,
                )  # fmt: skip
        except TimeoutError:
            detail = f"it took more than {self._longest:.0f} seconds; try fewer months"
            raise Problem(503, "preview_too_long", detail) from None
        except BrokenWorkerProcess:
            raise Problem(503, "unavailable", "the trial was broken off; try again") from None


def tried(dsn: str, trial: Trial, patience: float) -> Compared:
    """The same, in this process."""
    os.setpriority(os.PRIO_PROCESS, 0, MODEST)
    return asyncio.run(compare(dsn, trial, patience))


async def compare(dsn: str, trial: Trial, patience: float) -> Compared:
    """The same, on a connection of its own."""
    compared = Compared(Replay(trial.rules))
    connection = await connect(dsn)
    try:
        async with aclosing(walk(connection, trial.span, trial.places, patience)) as accounts:
            async for account, home, deeds in accounts:
                compared.account(account, home, deeds)
    finally:
        await connection.close(timeout=5)
    return compared
