"""The time bank as it is decided: accounts and a pool, with the log of all that happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.volunteer.account.commands import (
    ApproveHours,
    LogHours,
    OpenAccount,
    ReverseHours,
)
from services.volunteer.account.decider import account
from services.volunteer.account.giving import bequest, gift
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import (
    BequeathAccount,
    BringInTime,
    DonateTime,
    GiftTime,
    HoldTime,
    RedeemTime,
    ReleaseTime,
    TransferOut,
)
from services.volunteer.pool.commands import DrawPool
from services.volunteer.pool.decider import pool
from services.volunteer.pool.donating import donation
from services.volunteer.pool.stream import stream_of
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.messages import Actor, Event, Rejected

AT = datetime(2026, 5, 1, tzinfo=UTC)
FIRST = date(2010, 1, 1)
LEADER = Actor(id="leader", roles=frozenset({"team_leader"}), territory="d")
APPROVER = Actor(id="approver", roles=frozenset({"hours_approver"}), territory="d")
KNOWN: dict[str, Any] = {"at": AT, "actor": LEADER}


def person(number: int) -> UUID:
    return UUID(int=(8 << 76) | (0b10 << 62) | number)


class Decided:
    """Each step says whether it is taken; `log` has what happened, by stream."""

    def __init__(self, people: int, cap: int, opens: int) -> None:
        self.rules = BOOK.model_copy(update={"cap": cap, "opens": opens, "late_days": 100_000})
        self.states: list[Any] = [account.initial for _ in range(people)]
        self.pool = pool.initial
        self.log: list[tuple[UUID, Sequence[Event]]] = []
        self._day = 0
        self._numbers: dict[tuple[int, int], int] = {}
        for who in range(people):
            self._one(who, OpenAccount(person=person(who), territory="d", **KNOWN))

    def deposit(self, who: int, record: int, minutes: int) -> bool:
        self._day += 1
        served = LogHours(
            person=person(who), home="d", day=(FIRST + timedelta(days=self._day)).isoformat(),
            minutes=minutes, territory="d", service="meals", evidence="recorder",
            rules=self.rules, **KNOWN,
        )  # fmt: skip
        if not self._one(who, served):
            return False
        number = self._numbers[who, record] = self.states[who].version
        approve = ApproveHours(at=AT, actor=APPROVER, record=number, rules=self.rules)
        return self._one(who, approve)

    def reverse(self, who: int, record: int) -> bool:
        number = self._numbers.get((who, record), -1)
        return self._one(who, ReverseHours(record=number, reason="mistake", **KNOWN))

    def hold(self, who: int, help_: int, minutes: int) -> bool:
        asked = HoldTime(help=UUID(int=help_), minutes=minutes, rules=self.rules, **KNOWN)
        return self._one(who, asked)

    def release(self, who: int, help_: int) -> bool:
        return self._one(who, ReleaseTime(help=UUID(int=help_), **KNOWN))

    def redeem(self, who: int, help_: int, minutes: int) -> bool:
        asked = RedeemTime(
            help=UUID(int=help_), minutes=minutes, helper=person(99), served="d", **KNOWN
        )
        return self._one(who, asked)

    def give(self, who: int, to: int, minutes: int) -> bool:
        asked = GiftTime(
            giver=person(who), home="d", to=person(to), minutes=minutes, relation="child",
            rules=self.rules, **KNOWN,
        )  # fmt: skip
        return self._two(who, to, lambda states: gift(asked, states))

    def bequeath(self, who: int, heir: int) -> bool:
        asked = BequeathAccount(
            giver=person(who), home="d", heir=person(heir), relation="child", rules=self.rules,
            **KNOWN,
        )  # fmt: skip
        return self._two(who, heir, lambda states: bequest(asked, states))

    def donate(self, who: int, minutes: int) -> bool:
        asked = DonateTime(pool="d", minutes=minutes, giver=person(who), home="d", **KNOWN)
        try:
            into, out = donation(asked, [self.pool, self.states[who]])
        except Rejected:
            return False
        self._filled(into)
        self._happened(who, out)
        return True

    def draw(self, help_: int, minutes: int) -> bool:
        asked = DrawPool(
            territory="d", help=UUID(int=help_), minutes=minutes, receiver=person(98),
            helper=person(99), served="d", **KNOWN,
        )  # fmt: skip
        try:
            self._filled(pool.decide(asked, self.pool))
        except Rejected:
            return False
        return True

    def bring_in(self, who: int, minutes: int) -> bool:
        asked = BringInTime(person=person(who), home="d", minutes=minutes, source="old", **KNOWN)
        return self._one(who, asked)

    def leave(self, who: int) -> bool:
        return self._one(who, TransferOut(place="elsewhere", **KNOWN))

    def _one(self, who: int, command: Any) -> bool:
        try:
            self._happened(who, account.decide(command, self.states[who]))
        except Rejected:
            return False
        return True

    def _two(
        self, who: int, other: int, both: Callable[[Sequence[Any]], list[Sequence[Event]]]
    ) -> bool:
        if who == other:
            return False  # the desk refuses that: one stream is not both sides
        try:
            given, taken = both([self.states[who], self.states[other]])
        except Rejected:
            return False
        self._happened(who, given)
        self._happened(other, taken)
        return True

    def _happened(self, who: int, events: Sequence[Any]) -> None:
        self.log.append((account_of(person(who)), events))
        for event in events:
            self.states[who] = account.evolve(self.states[who], event)

    def _filled(self, events: Sequence[Any]) -> None:
        self.log.append((stream_of("d"), events))
        for event in events:
            self.pool = pool.evolve(self.pool, event)
