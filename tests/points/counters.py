"""A shop as it is decided: people, items and redemptions, with the log of all that happened, and
beside it a plain count of pieces and points that knows nothing of streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.points.account.commands import EarnPoints, ReversePoints
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.redemption import together
from services.points.redemption.commands import (
    CancelRedemption,
    FulfilRedemption,
    LapseRedemption,
    RequestRedemption,
    ReturnRedemption,
)
from services.points.redemption.decider import redemption
from services.points.rules.book_2026_1 import BOOK
from services.points.stock.commands import CountStock, ListItem, ReceiveStock, WriteOffStock
from services.points.stock.decider import stock
from services.points.stock.events import Most
from services.points.stock.pricing import Price
from shared.contracts.erasure import policy_actor
from shared.core.local_time import day_of
from shared.core.messages import Event, Rejected

BEGAN = datetime(2026, 5, 1, 4, tzinfo=UTC)
BY = policy_actor("d")
SHOP = UUID(int=(8 << 76) | (2 << 62))
FREE = tuple(one.model_copy(update={"monthly": None, "daily": None}) for one in BOOK.reasons)
RULES = BOOK.model_copy(update={"daily": None, "reasons": FREE})
Steps = FulfilRedemption | CancelRedemption | LapseRedemption | ReturnRedemption


def person(number: int) -> UUID:
    """One of the people."""
    return UUID(int=(8 << 76) | (2 << 62) | (1 << 20) | number)


def item(number: int) -> UUID:
    """One of the items."""
    return UUID(int=(8 << 76) | (2 << 62) | (2 << 20) | number)


class Counters:
    """Each step says whether it was taken. `prices` are of the items, `plain` counts by hand."""

    def __init__(self, people: int, prices: Sequence[int], most: Most | None = None) -> None:
        self.now, self.prices = BEGAN, prices
        self.accounts: list[Any] = [account.initial for _ in range(people)]
        self.stocks: list[Any] = [stock.initial for _ in prices]
        self.redemptions: list[Any] = []
        self.whose: list[tuple[int, int]] = []
        self.log: list[tuple[UUID, Sequence[Event]]] = []
        self.plain: Counter[str] = Counter()
        for number, points in enumerate(prices):
            price = Price(points=points, since="2026-01-01")
            self._stocked(number, ListItem(
                shop=SHOP, territory="d", name="rice", unit="bag", category="food", price=price,
                most=most, **self._told(),
            ))  # fmt: skip

    def earn(self, who: int, times: int) -> bool:
        """Fifteen points each."""
        asked = EarnPoints(
            holder=person(who), home="d", territory="d", reason="mediation", quantity=times,
            day=self._today(), rules=RULES, asked_on=self._today(), **self._told(),
        )  # fmt: skip
        return self._accounted(who, asked)

    def reverse(self, who: int, lot: int) -> bool:
        """What was given as this lot was never earned."""
        told: dict[str, Any] = {"asked_on": self._today(), **self._told()}
        return self._accounted(who, ReversePoints(lot=lot, reason="mistake", **told))

    def receive(self, number: int, pieces: int) -> bool:
        """Pieces from a supplier."""
        told: dict[str, Any] = {"supply": "supplier", "source": "mill", "cost": 100 * pieces}
        return self._stocked(number, ReceiveStock(quantity=pieces, **told, **self._told()))

    def count(self, number: int, pieces: int) -> bool:
        """So many are found in the room."""
        return self._stocked(
            number, CountStock(counted=pieces, reason="stock_take", **self._told())
        )

    def write_off(self, number: int, pieces: int) -> bool:
        """So many are spoilt."""
        return self._stocked(
            number, WriteOffStock(quantity=pieces, reason="spoilt", **self._told())
        )

    def request(self, who: int, number: int, pieces: int) -> bool:
        """Put pieces aside; the redemption is the next number."""
        asked = RequestRedemption(
            kind="person", holder=person(who), keeper=person(who), shop=SHOP, item=item(number),
            territory="d", quantity=pieces, seen=pieces * self.prices[number], rules=RULES,
            due=self.now + timedelta(hours=72), digest="", asked_on=self._today(), **self._told(),
        )  # fmt: skip
        one = len(self.redemptions)
        states = self.accounts[who], self.stocks[number], redemption.initial
        try:
            events = together.requested(asked, UUID(int=one), states)
        except Rejected:
            return False
        self.redemptions.append(redemption.initial)
        self.whose.append((who, number))
        self._happened(one, events)
        return True

    def fulfil(self, one: int) -> bool:
        """Hand it over."""
        done = self._step(one, FulfilRedemption(shown="code", **self._dated()))
        if done:
            told = self.redemptions[one].request
            self.plain["sold"] += told.quantity
            self.plain["spent"] += told.quantity * self.prices[self.whose[one][1]]
        return done

    def cancel(self, one: int) -> bool:
        """Not wanted any more."""
        return self._step(one, CancelRedemption(reason="own_request", **self._dated()))

    def lapse(self, one: int) -> bool:
        """Nobody came."""
        return self._step(one, LapseRedemption(**self._dated()))

    def bring_back(self, one: int, pieces: int, usable: bool) -> bool:
        """Some of it comes back."""
        told: dict[str, Any] = {"quantity": pieces, "reason": "faulty", "usable": usable}
        done = self._step(one, ReturnRedemption(rules=RULES, **told, **self._dated()))
        if done:
            self.plain["sold"] -= pieces
            self.plain["spent"] -= pieces * self.prices[self.whose[one][1]]
        return done

    def pass_(self, hours: int) -> None:
        """Time goes by."""
        self.now += timedelta(hours=hours)

    def _step(self, one: int, asked: Steps) -> bool:
        if one >= len(self.redemptions):
            return False
        who, number = self.whose[one]
        states = self.accounts[who], self.stocks[number], self.redemptions[one]
        try:
            events = together.stepped(asked, UUID(int=one), states)
        except Rejected:
            return False
        self._happened(one, events)
        return True

    def _happened(self, one: int, events: Sequence[Sequence[Event]]) -> None:
        who, number = self.whose[one]
        of_account, of_stock, own = events
        self._evolve(self.accounts, who, (account, account_of("person", person(who))), of_account)
        self._evolve(self.stocks, number, (stock, item(number)), of_stock)
        self._evolve(self.redemptions, one, (redemption, UUID(int=one)), own)

    def _accounted(self, who: int, asked: Any) -> bool:
        found = account, account_of("person", person(who))
        return self._one(self.accounts, who, found, asked)

    def _stocked(self, number: int, asked: Any) -> bool:
        return self._one(self.stocks, number, (stock, item(number)), asked)

    def _one(self, states: list[Any], at: int, found: tuple[Any, UUID], asked: Any) -> bool:
        try:
            events = found[0].decide(asked, states[at])
        except Rejected:
            return False
        self._evolve(states, at, found, events)
        return True

    def _evolve(
        self, states: list[Any], at: int, found: tuple[Any, UUID], events: Sequence[Event]
    ) -> None:
        decider, stream = found
        for event in events:
            states[at] = decider.evolve(states[at], event)
        self.log.append((stream, events))

    def _today(self) -> str:
        return day_of(self.now)

    def _told(self) -> dict[str, Any]:
        return {"at": self.now, "actor": BY}

    def _dated(self) -> dict[str, Any]:
        return {"asked_on": self._today(), **self._told()}
