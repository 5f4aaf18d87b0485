"""A district's points: accounts with two years of deeds, goods and year ends."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.living import Life, person, shares
from bench.stage import SHORT, Stage
from services.points.account.events import (
    Carry,
    Part,
    PointsAccountOpened,
    PointsCarriedOver,
    PointsEarned,
    PointsExpired,
    PointsHeld,
    PointsRedeemed,
)
from services.points.account.stream import account_of
from services.points.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of
from shared.core.messages import Event

COMMUNITIES = 33
FIRST = datetime(2025, 1, 1, 4, tzinfo=UTC)
DAYS = 700  # up to the first of December of the second year
YEAR_END, NEXT_END = "2025-12-31", "2026-12-31"
SWEPT = FIRST + timedelta(days=365)  # the first day of the second year
REASONS = (("activity", 2, 1), ("mediation", 15, 1), ("serving", 4, 120), ("clue", 5, 1))
ITEMS = tuple(UUID(int=number + 1) for number in range(40))
BUYING = 6  # one deed in so many is followed by something bought


@dataclass(frozen=True)
class Size:
    """So many accounts, with so many entries in all: a few have many, many have few."""

    accounts: int
    entries: int

    @classmethod
    def of(cls, stage: Stage) -> Size:
        """`LINLI_BENCH_ACCOUNTS` and `LINLI_BENCH_ENTRIES`, else 1,000,000 accounts with 20,000,000
        entries; 1,000 with 20,000 in a short run."""
        short = stage.window.streams <= SHORT.streams
        accounts, entries = (1_000, 20_000) if short else (1_000_000, 20_000_000)
        return cls(
            int(os.environ.get("LINLI_BENCH_ACCOUNTS", accounts)),
            int(os.environ.get("LINLI_BENCH_ENTRIES", entries)),
        )


def community(number: int) -> str:
    """Where the nth person lives."""
    return f"c{number % COMMUNITIES}"


def lives(size: Size) -> Iterator[Life]:
    """The accounts of all of them."""
    random = Random(9)
    for number, entries in shares(size.accounts, size.entries):
        events = Lived(random, number).events(entries)
        yield Life(account_of("person", person(number)), community(number), events)


class Lived:
    """What happened to the nth person's account."""

    def __init__(self, random: Random, number: int) -> None:
        self._random, self._number = random, number
        self._lots: deque[tuple[int, int]] = deque()
        self._version = 1

    def events(self, entries: int) -> Iterator[Event]:
        """It was opened, and so many entries followed; the first year's end is among them."""
        who, place = person(self._number), community(self._number)
        yield PointsAccountOpened(at=FIRST, kind="person", holder=who, keeper=who, territory=place)
        days = deque(sorted(self._random.choices(range(DAYS), k=entries)))
        left, ended = entries, False
        while left > 0:
            at = FIRST + timedelta(days=days.popleft())
            if not ended and at >= SWEPT:
                ended = True
                for event in self._end():
                    left -= 1
                    yield self._told(event)
            if left >= 2 and self._lots and self._random.randrange(BUYING) == 0:
                left -= 2
                yield from self._bought(at)
            elif left > 0:
                left -= 1
                yield self._told(self._earned(at))

    def _told(self, event: Event) -> Event:
        self._version += 1
        return event

    def _earned(self, at: datetime) -> Event:
        reason, points, quantity = self._random.choice(REASONS)
        first = at < SWEPT
        self._lots.append((self._version + 1, points))
        until = NEXT_END if first else "2027-12-31"
        about: dict[str, Any] = {"reason": reason, "quantity": quantity, "points": points}
        return PointsEarned(
            at=at, day=day_of(at), over=0, repaid=0, rules=BOOK.version,
            territory=community(self._number), expires=YEAR_END if first else NEXT_END,
            carry=Carry(points=BOOK.expiry.carry, until=until), **about,
        )  # fmt: skip

    def _bought(self, at: datetime) -> Iterator[Event]:
        lot, points = self._lots.popleft()
        hold = UUID(int=self._number << 32 | self._version)
        item = self._random.choice(ITEMS)
        part = Part(lot=lot, points=points)
        yield self._told(
            PointsHeld(
                at=at, hold=hold, points=points, parts=(part,), item=item, quantity=1,
                day=day_of(at),
            )
        )  # fmt: skip
        yield self._told(PointsRedeemed(at=at, hold=hold, points=points))

    def _end(self) -> Iterator[Event]:
        """One lot is carried over, all others end."""
        if not self._lots:
            return
        *gone, (lot, points) = self._lots
        self._lots = deque([(self._version + 1, points)])
        yield PointsCarriedOver(at=SWEPT, lot=lot, day=YEAR_END, points=points, expires=NEXT_END)
        if gone:
            parts = tuple(Part(lot=one, points=some) for one, some in gone)
            total = sum(some for _, some in gone)
            yield PointsExpired(at=SWEPT, day=YEAR_END, points=total, parts=parts)
