"""Chance and time: every draw of a simulation comes from here."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from tests.shared.toy.asking import NOON


class Weather:
    """`bad` is the probability that a call to another machine fails; 0 is fair weather."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.bad = 0.0
        self._told = 0

    @property
    def is_fair(self) -> bool:
        """Whether nothing goes wrong by itself."""
        return self.bad == 0.0

    def strikes(self, times: float = 1.0) -> bool:
        """Whether something fails now, so many times as likely as a call does."""
        return self.bad > 0.0 and self.random.random() < self.bad * times

    def now(self) -> datetime:
        """The time of every server; no two answers are the same."""
        self._told += 1
        seconds = asyncio.get_running_loop().time()
        return NOON + timedelta(seconds=seconds, microseconds=self._told)

    def uuid(self) -> UUID:
        """A new id."""
        return UUID(int=self.random.getrandbits(128))

    async def pass_by(self) -> None:
        """The time that a call takes: none, a little, or, in bad weather, a while."""
        draw = self.random.random()
        if draw < 0.6:
            await asyncio.sleep(0)
        elif draw < 0.98 or self.is_fair:
            await asyncio.sleep(0.02 * draw)
        else:
            await asyncio.sleep(self.random.uniform(0.1, 2.0))
