"""Points as they are decided: some people and their household, with the log of all that
happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from services.points.account.commands import (
    CreditDeed,
    DeductPoints,
    EarnPoints,
    ExpirePoints,
    HoldPoints,
    Limit,
    OpenPointsAccount,
    RedeemPoints,
    RefundPoints,
    ReleasePoints,
    ReverseDeed,
    ReversePoints,
    TransferPoints,
)
from services.points.account.decider import account
from services.points.account.ending import settled
from services.points.account.events import PointsEarned
from services.points.account.sharing import transfer
from services.points.account.stream import account_of
from services.points.rules.book import Expiry, PointsRules, Reason
from shared.contracts.erasure import policy_actor
from shared.core.messages import Event, Rejected
from tests.points.plain_bank import Book

AT = datetime(2026, 5, 1, tzinfo=UTC)
BY: dict[str, Any] = {"at": AT, "actor": policy_actor("d")}


def holder(number: int) -> UUID:
    return UUID(int=(8 << 76) | (0b10 << 62) | number)


def rules_of(book: Book) -> PointsRules:
    """The same book, as rules; what is earned by the hour is what the volunteer service tells."""
    plan = book.plan
    reasons = [
        Reason(
            code=code, label=code, label_en=code, points=points, daily=book.daily.get(code),
            monthly=book.monthly.get(code), unit="hour" if code in book.hourly else "each",
        )
        for code, points in book.worth.items()
    ]  # fmt: skip
    fines = [
        Reason(code=code, label=code, label_en=code, points=points, taken=True)
        for code, points in book.fines.items()
    ]
    expiry: dict[str, Any] = {"mode": plan.mode, "locked": plan.locked, "carry": plan.carry}
    if plan.mode == "days":
        expiry["days"] = plan.days
    return PointsRules(
        version="1", starts=date(2000, 1, 1), reasons=(*reasons, *fines),
        daily=book.daily.get(""), monthly=book.monthly.get(""),
        reactions={"hours_approved": "serving", "clue_verified": "clue"},
        expiry=Expiry.model_validate(expiry), opens=book.opens, least=book.least, pickup_hours=1,
        refund_days=book.refund_days, sharing=book.sharing, fen=1, sources={},
    )  # fmt: skip


class Decided:
    """Each step says whether it is taken; `log` has what happened, by stream."""

    def __init__(self, people: int, book: Book, today: date) -> None:
        self.states: list[Any] = [account.initial for _ in range(people)]
        self.log: list[tuple[UUID, Sequence[Event]]] = []
        self.today = today
        self.turn_to(book)
        self.lots: list[list[int]] = [[] for _ in range(people)]
        household: dict[str, Any] = {
            "kind": "household",
            "holder": holder(people - 1),
            "keeper": holder(0),
        }
        self._one(people - 1, OpenPointsAccount(territory="d", **household, **BY))

    def turn_to(self, book: Book) -> None:
        """Other rules are in force."""
        self.rules = rules_of(book)
        self._by: dict[str, Any] = {**BY, "rules": self.rules, "asked_on": self.today.isoformat()}

    def settled(self, who: int) -> Any:
        """The account as it is today, whether or not anybody touched it."""
        return settled(self.states[who], self.today.isoformat(), AT)

    def stream(self, who: int) -> UUID:
        return account_of(self._kind(who), holder(who))

    def wait(self, days: int) -> bool:
        self.today += timedelta(days=days)
        self._by["asked_on"] = self.today.isoformat()
        return True

    def sweep(self, who: int) -> bool:
        return self._one(who, ExpirePoints(asked_on=self.today.isoformat(), **BY))

    def earn(self, who: int, reason: str, quantity: int, day: date) -> bool:
        asked = EarnPoints(
            kind=self._kind(who), holder=holder(who), home="d", reason=reason, quantity=quantity,
            day=day.isoformat(), territory="d", **self._by,
        )  # fmt: skip
        return self._one(who, asked)

    def credit(self, who: int, reason: str, quantity: int, told: date, source: str) -> bool:
        by = {**self._by, "asked_on": told.isoformat()}
        asked = CreditDeed(
            deed="hours_approved" if reason == "serving" else "clue_verified", person=holder(who),
            home="d", quantity=quantity, day=told.isoformat(), territory="d", source=source, **by,
        )  # fmt: skip
        return self._one(who, asked)

    def deduct(self, who: int, reason: str, quantity: int, day: date) -> bool:
        about: dict[str, Any] = {"reason": reason, "quantity": quantity, "territory": "d"}
        return self._one(who, DeductPoints(day=day.isoformat(), **about, **self._by))

    def hold(self, who: int, number: int, points: int, what: tuple[int, int, int, Any]) -> bool:
        item, quantity, limit, per = what
        asked = HoldPoints(
            hold=UUID(int=number), points=points, item=UUID(int=item), quantity=quantity,
            limit=Limit(quantity=limit, per=per), **self._by,
        )  # fmt: skip
        return self._one(who, asked)

    def release(self, who: int, number: int) -> bool:
        return self._one(who, ReleasePoints(hold=UUID(int=number), **self._without_rules))

    def redeem(self, who: int, number: int) -> bool:
        return self._one(who, RedeemPoints(hold=UUID(int=number), **self._without_rules))

    def refund(self, who: int, number: int, points: int) -> bool:
        return self._one(who, RefundPoints(hold=UUID(int=number), points=points, **self._by))

    def reverse(self, who: int, lot: int) -> bool:
        return self._one(who, ReversePoints(lot=lot, reason="mistake", **self._without_rules))

    def undo(self, who: int, source: str) -> bool:
        return self._one(who, ReverseDeed(source=source, **self._without_rules))

    def transfer(self, who: int, to: int, points: int) -> bool:
        asked = TransferPoints(
            keeper=holder(who), home="d", kind=self._kind(to), to=holder(to), points=points,
            same_household=True, **self._by,
        )  # fmt: skip
        try:
            given, came = transfer(asked, [self.states[who], self.states[to]])
        except Rejected:
            return False
        self._happened(who, given)
        self._happened(to, came)
        return True

    @property
    def _without_rules(self) -> dict[str, Any]:
        return {name: value for name, value in self._by.items() if name != "rules"}

    def _kind(self, who: int) -> Any:
        return "household" if who == len(self.states) - 1 else "person"

    def _one(self, who: int, command: Any) -> bool:
        try:
            self._happened(who, account.decide(command, self.states[who]))
        except Rejected:
            return False
        return True

    def _happened(self, who: int, events: Sequence[Any]) -> None:
        self.log.append((self.stream(who), events))
        for event in events:
            self.states[who] = account.evolve(self.states[who], event)
            if isinstance(event, PointsEarned):
                self.lots[who].append(self.states[who].version)
