"""A process of the shop, as there may be several, and as one may be killed:
`python -m tests.points.till DSN KEYS_DSN JWKS_FILE`, with the master key in its environment. It
takes a step a line from its input, all at once if they come so, and answers each with a line."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from services.points.files import state_of
from services.points.redemption.commands import LapseRedemption
from services.points.redemption.decider import redemption
from services.points.service import PointsService, opened
from services.points.settings import Settings
from services.points.shopkeeping.counter import Counter
from services.points.shopkeeping.forms import Back, HandOver
from services.points.shopping.desk import ShoppingDesk, step
from services.points.shopping.forms import Choice
from shared.contracts.erasure import policy_actor
from shared.core.local_time import day_of
from shared.core.messages import Actor, Rejected
from shared.ops.settings import Databases
from shared.runtime.commands.submission import Contended, Identity
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

HERE = "d/s1/c1"
KEEPER = Actor(id="keeper", roles=frozenset({"shop_keeper"}), territory=HERE)
READY = "ready"


class Till:
    """Takes steps as they come from other processes, with ids of theirs."""

    def __init__(self, service: PointsService) -> None:
        self._service = service
        self._desk, self._counter = ShoppingDesk(service), Counter(service)

    async def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What became of it: the redemption, or a code."""
        try:
            told = await getattr(self, asked["step"])(asked)
        except (Rejected, Problem) as no:
            return {"number": asked["number"], "refused": no.code}
        except Contended:
            return {"number": asked["number"], "refused": "contended"}
        one = str(told.versions[-1][0])
        return {"number": asked["number"], "one": one, "repeated": told.repeated}

    async def choose(self, asked: dict[str, Any]) -> Answer:
        """Put something aside."""
        person = Actor(id=asked["person"], roles=frozenset({"resident"}), territory="d")
        form = Choice(item=asked["item"], points=asked["points"])
        return await self._desk.choose(form, Asking(person, _identity(asked)))

    async def cancel(self, asked: dict[str, Any]) -> Answer:
        """Not wanted any more."""
        return await self._desk.cancel(UUID(asked["one"]), Asking(KEEPER, _identity(asked)))

    async def fulfil(self, asked: dict[str, Any]) -> Answer:
        """Hand it over."""
        asking = Asking(KEEPER, _identity(asked))
        return await self._counter.hand_over(UUID(asked["one"]), HandOver(), asking)

    async def bring_back(self, asked: dict[str, Any]) -> Answer:
        """Take a piece back."""
        form = Back(quantity=1, reason="faulty", usable=True)
        asking = Asking(KEEPER, _identity(asked))
        return await self._counter.take_back(UUID(asked["one"]), form, asking)

    async def lapse(self, asked: dict[str, Any]) -> Answer:
        """Nobody came for a year."""
        one, moment = UUID(asked["one"]), datetime.now(UTC) + timedelta(days=365)
        found = await state_of(self._service.pool, redemption, one)
        late = LapseRedemption(at=moment, actor=policy_actor(HERE), asked_on=day_of(moment))
        return await step(self._service, one, found, late, _identity(asked))


def _identity(asked: dict[str, Any]) -> Identity:
    return Identity(UUID(asked["key"]), b"")


async def _main(dsn: str, keys_dsn: str, jwks_file: str) -> None:
    databases = Databases(dsn=dsn, keys_dsn=keys_dsn)
    async with opened(Settings(points=databases, jwks_file=Path(jwks_file))) as service:
        till = Till(service)
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )

        async def one(line: bytes) -> None:
            _say(json.dumps(await till.answer(json.loads(line))))

        _say(READY)
        async with asyncio.TaskGroup() as group:
            while line := await reader.readline():
                group.create_task(one(line))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
