"""What rules would have changed, account by account: sums, who would win and who would lose. Pure;
it holds a line for each reason and each place, and the greatest changes, never an account more."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from services.points.rules.replaying import Done, Replay

SHOWN = 10


class Change(NamedTuple):
    """An account at home in a place, what it was given, and what it would have been."""

    account: UUID
    territory: str
    was: int
    becomes: int


@dataclass
class Sum:
    """So many deeds, or accounts, what they brought, and what they would have brought."""

    number: int = 0
    was: int = 0
    becomes: int = 0

    def add(self, was: int, becomes: int) -> None:
        """One more of them."""
        self.number += 1
        self.was += was
        self.becomes += becomes


@dataclass
class Side:
    """Those who would have been given more, or less: how many, how many points that is in all, and
    the greatest changes, the greatest first."""

    accounts: int = 0
    points: int = 0
    greatest: list[tuple[int, int, Change]] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """One more of them. Of equal changes those of the first ids are kept."""
        points = abs(change.becomes - change.was)
        self.accounts += 1
        self.points += points
        heapq.heappush(self.greatest, (points, _last_first(change.account), change))
        if len(self.greatest) > SHOWN:
            heapq.heappop(self.greatest)

    @property
    def items(self) -> list[Change]:
        """The greatest changes, the greatest first."""
        return [change for _, _, change in sorted(self.greatest, reverse=True)]


@dataclass
class Compared:
    """All sums. `same` are the accounts that would have been given as many points."""

    replay: Replay
    total: Sum = field(default_factory=Sum)
    accounts: int = 0
    same: int = 0
    by_reason: dict[str, Sum] = field(default_factory=dict)
    by_place: dict[str, Sum] = field(default_factory=dict)
    more: Side = field(default_factory=Side)
    less: Side = field(default_factory=Side)

    def account(self, account: UUID, territory: str, deeds: Sequence[Done]) -> None:
        """One more account, with all it did, in the order in which that came."""
        was = becomes = 0
        for done, points in zip(deeds, self.replay(deeds), strict=True):
            was, becomes = was + done.points, becomes + points
            self.total.add(done.points, points)
            _sum(self.by_reason, done.reason).add(done.points, points)
        self.accounts += 1
        _sum(self.by_place, territory).add(was, becomes)
        change = Change(account, territory, was, becomes)
        if was == becomes:
            self.same += 1
        else:
            (self.more if becomes > was else self.less).add(change)


def _sum(sums: dict[str, Sum], key: str) -> Sum:
    found = sums.get(key)
    if found is None:
        found = sums[key] = Sum()
    return found


def _last_first(account: UUID) -> int:
    return -account.int
