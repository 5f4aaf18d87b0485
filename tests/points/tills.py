"""Processes of the shop as a test starts them, asks them and kills them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.log import EVENTS, LOG
from services.points.redemption.decider import redemption
from services.points.settings import Settings
from services.points.stock.decider import stock
from shared.core.envelope import Recorded
from shared.store import read
from shared.store.pool import Pool
from tests.points import balanced
from tests.points.till import READY

ROOT = Path(__file__).parents[2]
Told = dict[str, Any]


class KilledMidway(Exception):
    """It was killed before it answered."""


class RunningTill:
    """One process. What is asked of it is answered in any order."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._in, self._out = process, process.stdin, process.stdout
        self._waiting: dict[int, asyncio.Future[Told]] = {}
        self._numbers = count()
        self._reading: asyncio.Task[None] | None = None

    async def ready(self) -> None:
        """It takes steps from now on."""
        assert (await self._out.readline()).decode().strip() == READY
        self._reading = asyncio.create_task(self._read())

    async def ask(self, step: str, key: UUID, **about: object) -> Told:
        """What became of this step. Raises KilledMidway."""
        number = next(self._numbers)
        told = self._waiting[number] = asyncio.get_running_loop().create_future()
        asked = {"number": number, "step": step, "key": str(key)}
        known = {name: str(one) if isinstance(one, UUID) else one for name, one in about.items()}
        self._in.write(json.dumps({**asked, **known}).encode() + b"\n")
        answer: Told = await told
        return answer

    async def kill(self) -> None:
        """With no chance to tidy up."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        if self._reading:
            await self._reading

    async def _read(self) -> None:
        while line := await self._out.readline():
            told: Told = json.loads(line)
            self._waiting.pop(told["number"]).set_result(told)
        for waiting in self._waiting.values():
            waiting.set_exception(KilledMidway())


async def started(settings: Settings) -> RunningTill:
    """A process of its own, ready."""
    assert settings.master_key is not None
    arguments = (settings.points.dsn, settings.points.keys_dsn, str(settings.jwks_file))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.points.till", *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE,
        env={**os.environ, "LINLI_MASTER_KEY": settings.master_key.get_secret_value()},
    )  # fmt: skip
    made = RunningTill(process)
    await made.ready()
    return made


@asynccontextmanager
async def running(settings: Settings, how_many: int) -> AsyncIterator[Sequence[RunningTill]]:
    """So many processes, gone afterwards."""
    made = await asyncio.gather(*(started(settings) for _ in range(how_many)))
    try:
        yield made
    finally:
        await asyncio.gather(*(one.kill() for one in made))


class Books:
    """All that is in the log, folded; true in itself, or a test fails."""

    def __init__(self, past: Sequence[Recorded[Any]]) -> None:
        self.redemptions: dict[UUID, Any] = {}
        self.items: dict[UUID, Any] = {}
        self.accounts: dict[UUID, Any] = {}
        kinds = ((redemption, self.redemptions), (stock, self.items), (account, self.accounts))
        for recorded in past:
            for decider, states in kinds:
                if recorded.type in decider.events.classes:
                    state = states.get(recorded.stream_id, decider.initial)
                    states[recorded.stream_id] = decider.evolve(state, recorded.event)
        self._check()

    @property
    def sold(self) -> tuple[int, int]:
        """Pieces, and points."""
        return balanced.sold(
            self.redemptions.values(), self.items.values(), [*self.accounts.values()]
        )

    def statuses(self) -> list[str]:
        """What became of each redemption."""
        return [state.status for state in self.redemptions.values()]

    def _check(self) -> None:
        for state in self.items.values():
            balanced.of_item(state)
        for state in self.accounts.values():
            assert all(lot.left >= 0 for lot in state.lots.values())
        for one, state in self.redemptions.items():
            told = state.request
            payer = self.accounts[account_of(told.kind, told.holder)]
            balanced.of_redemption(one, state, payer, self.items[told.item])
        balanced.nothing_else(self.redemptions, self.accounts.values(), self.items.values())


async def books(pool: Pool) -> Books:
    """The log as it is now."""
    async with pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 1_000_000)
    return Books([read.decode(EVENTS, row) for row in rows])
