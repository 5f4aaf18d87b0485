"""One of several processes that draw on the same accounts at once, while a month ends:
`python -m tests.points.drawing DSN SEED COUNT`. Prints what of it was taken, in points."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.points.account.commands import (
    CreditDeed,
    ExpirePoints,
    HoldPoints,
    RedeemPoints,
    RefundPoints,
    ReleasePoints,
    ReverseDeed,
    TransferPoints,
)
from services.points.account.decider import account
from services.points.account.sharing import transfer
from services.points.account.stream import account_of
from services.points.log import LOG
from services.points.rules.book import Expiry
from services.points.rules.book_2026_1 import BOOK
from shared.core.messages import Rejected
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Contended, Identity, Submission, Target, single
from tests.points.deciding import BY, holder

PEOPLE, AT_ONCE, CARRY = 3, 6, 10
EVE, MORROW = "2026-09-30", "2026-10-01"
REASONS = tuple(
    one.model_copy(update={"daily": None, "monthly": None}) for one in BOOK.reasons
)  # fmt: skip
EXPIRY = Expiry(mode="month_end", carry=CARRY)
RULES = BOOK.model_copy(update={"reasons": REASONS, "daily": None, "expiry": EXPIRY})


class Drawing:
    """Commands of one process; `taken` is what they came to. Its clock strikes midnight at half of
    them, sooner or later than those of others."""

    def __init__(self, dsn: str, seed: int) -> None:
        self.executor = Executor(dsn, LOG, unguarded)
        self.random = Random(seed)
        self.day = EVE
        self.taken: Counter[str] = Counter()

    async def some(self) -> None:
        """One of them, which may be refused."""
        who, points = self.random.randrange(PEOPLE), self.random.choice([1, 3, 8, 20])
        steps = (self.earn, self.buy, self.give, self.sweep)
        [step] = self.random.choices(steps, (3, 6, 3, 1))
        try:
            await step(who, points)
        except Rejected as no:
            self.taken[f"refused {no.code}"] += 1
        except Contended:
            self.taken["contended"] += 1

    async def earn(self, who: int, points: int) -> None:
        """Points for clues, told twice as topics do; some were none."""
        source = str(uuid4())
        told = CreditDeed(
            deed="clue_verified", person=holder(who), home="d", quantity=points, day=self.day,
            territory="d", source=source, rules=RULES, asked_on=self.day, **BY,
        )  # fmt: skip
        await asyncio.gather(self._one(who, told), self._one(who, told))
        self.taken["points-earned"] += 5 * points
        if self.random.random() < 0.4:
            await self._one(who, ReverseDeed(source=source, asked_on=self.day, **BY))
            self.taken["reversed"] += 1

    async def buy(self, who: int, points: int) -> None:
        """Points put aside; spent, or free again; some that were spent come back."""
        about: dict[str, Any] = {"hold": uuid4(), "asked_on": self.day, **BY}
        item: dict[str, Any] = {"item": UUID(int=1), "quantity": 1, "rules": RULES}
        await self._one(who, HoldPoints(points=points, **item, **about))
        self.taken["points-held"] += points
        if self.random.random() < 0.3:
            await self._one(who, ReleasePoints(**about))
            self.taken["points-released"] += points
            return
        await self._one(who, RedeemPoints(**about))
        self.taken["points-redeemed"] += points
        if self.random.random() < 0.2:
            await self._one(who, RefundPoints(points=1, rules=RULES, **about))
            self.taken["points-refunded"] += 1

    async def give(self, who: int, points: int) -> None:
        """Points from one account to another."""
        to = (who + 1) % PEOPLE
        asked = TransferPoints(
            keeper=holder(who), home="d", kind="person", to=holder(to), points=points,
            same_household=True, rules=RULES, asked_on=self.day, **BY,
        )  # fmt: skip
        targets = tuple(Target(account, stream(one)) for one in (who, to))
        identity = Identity(uuid4(), b"")
        submission = Submission(identity, asked, targets, lambda states: transfer(asked, states))
        await self.executor.execute(submission)
        self.taken["points-transferred"] += points

    async def sweep(self, who: int, _: int) -> None:
        """What ended is put on record."""
        await self._one(who, ExpirePoints(asked_on=self.day, **BY))

    async def _one(self, who: int, command: Any) -> None:
        target = Target(account, stream(who))
        await self.executor.execute(single(target, command, Identity(uuid4(), b"")))


def stream(who: int) -> UUID:
    return account_of("person", holder(who))


async def drawn(dsn: str, seed: int, count: int) -> Counter[str]:
    """What so many commands came to, some of them at once."""
    drawing = Drawing(dsn, seed)
    try:
        for done in range(0, count, AT_ONCE):
            drawing.day = EVE if 2 * done < count else MORROW
            await asyncio.gather(*(drawing.some() for _ in range(AT_ONCE)))
    finally:
        await drawing.executor.aclose()
    return drawing.taken


if __name__ == "__main__":
    came_to = asyncio.run(drawn(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
    sys.stdout.write(json.dumps(came_to))
