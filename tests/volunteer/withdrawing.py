"""One of several processes that draw on the same accounts at once:
`python -m tests.volunteer.withdrawing DSN SEED COUNT`. Prints what of it was taken, in minutes."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.volunteer.account.commands import ApproveHours, LogHours, ReverseHours
from services.volunteer.account.decider import account
from services.volunteer.account.giving import gift
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import DonateTime, GiftTime, HoldTime, RedeemTime
from services.volunteer.log import LOG
from services.volunteer.pool.commands import DrawPool
from services.volunteer.pool.decider import pool
from services.volunteer.pool.donating import donation
from services.volunteer.pool.stream import stream_of
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.messages import Rejected
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Contended, Identity, Submission, Target, single
from tests.volunteer.deciding import APPROVER, AT, FIRST, KNOWN, person

PEOPLE = 3
RULES = BOOK.model_copy(update={"cap": 2_000, "opens": 0, "late_days": 100_000})
AT_ONCE = 6


class Drawing:
    """Commands of one process; `taken` is what they came to."""

    def __init__(self, dsn: str, seed: int) -> None:
        self.executor = Executor(dsn, LOG, unguarded)
        self.random = Random(seed)
        self.seed = seed
        self.taken: Counter[str] = Counter()
        self._day = 0

    async def some(self) -> None:
        """One of them, which may be refused."""
        who, minutes = self.random.randrange(PEOPLE), self.random.choice([1, 7, 40, 120])
        steps = (self.serve, self.spend, self.give, self.donate, self.draw)
        step = self.random.choices(steps, (2, 3, 3, 3, 3))[0]
        try:
            await step(who, minutes)
        except Rejected as no:
            self.taken[f"refused {no.code}"] += 1
        except Contended:
            self.taken["contended"] += 1

    async def serve(self, who: int, minutes: int) -> None:
        """Hours put on record and approved; some are reversed."""
        self._day += 1
        day = FIRST.replace(year=FIRST.year + self.seed).toordinal() + self._day
        served = LogHours(
            person=person(who), home="d", day=FIRST.fromordinal(day).isoformat(), minutes=minutes,
            territory="d", service="meals", evidence="recorder", rules=RULES, **KNOWN,
        )  # fmt: skip
        reverse = self.random.random() < 0.3
        answer = await self._one(account_of(person(who)), served)
        number = answer.versions[-1][1]
        approve = ApproveHours(at=AT, actor=APPROVER, record=number, rules=RULES)
        await self._one(account_of(person(who)), approve)
        self.taken["approved"] += minutes
        if reverse:
            await self._one(
                account_of(person(who)), ReverseHours(record=number, reason="mistake", **KNOWN)
            )
            self.taken["reversed"] += minutes

    async def spend(self, who: int, minutes: int) -> None:
        """Minutes put aside and spent."""
        help_, stream = uuid4(), account_of(person(who))
        await self._one(stream, HoldTime(help=help_, minutes=minutes, rules=RULES, **KNOWN))
        paid = RedeemTime(help=help_, minutes=minutes, helper=person(9), served="d", **KNOWN)
        await self._one(stream, paid)
        self.taken["time-redeemed"] += minutes

    async def give(self, who: int, minutes: int) -> None:
        """Minutes from one account to another."""
        to = (who + 1) % PEOPLE
        asked = GiftTime(
            giver=person(who), home="d", to=person(to), minutes=minutes, relation="child",
            rules=RULES, **KNOWN,
        )  # fmt: skip
        targets = tuple(Target(account, account_of(person(one))) for one in (who, to))
        await self._sent(Submission(_id(), asked, targets, lambda states: gift(asked, states)))
        self.taken["time-gifted"] += minutes

    async def donate(self, who: int, minutes: int) -> None:
        """Minutes into the pool."""
        asked = DonateTime(pool="d", minutes=minutes, giver=person(who), home="d", **KNOWN)
        targets = Target(pool, stream_of("d")), Target(account, account_of(person(who)))
        await self._sent(Submission(_id(), asked, targets, lambda states: donation(asked, states)))
        self.taken["time-donated"] += minutes

    async def draw(self, who: int, minutes: int) -> None:
        """Minutes out of the pool."""
        asked = DrawPool(
            territory="d", help=uuid4(), minutes=minutes, receiver=person(who), helper=person(9),
            served="d", **KNOWN,
        )  # fmt: skip
        await self._sent(single(Target(pool, stream_of("d")), asked, _id()))
        self.taken["pool-drawn"] += minutes

    async def _one(self, stream: UUID, command: Any) -> Any:
        return await self._sent(single(Target(account, stream), command, _id()))

    async def _sent(self, submission: Submission) -> Any:
        return await self.executor.execute(submission)


def _id() -> Identity:
    return Identity(uuid4(), b"")


async def drawn(dsn: str, seed: int, count: int) -> Counter[str]:
    """What so many commands came to, some of them at once."""
    drawing = Drawing(dsn, seed)
    try:
        for _ in range(count // AT_ONCE):
            await asyncio.gather(*(drawing.some() for _ in range(AT_ONCE)))
    finally:
        await drawing.executor.aclose()
    return drawing.taken


if __name__ == "__main__":
    told = asyncio.run(drawn(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
    sys.stdout.write(json.dumps(told))
