"""The same random history for points as they are decided and for plain ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.points.deciding import Decided
from tests.points.plain import FAR, Plan
from tests.points.plain_bank import Bank, Book

PURSES, STEPS, UNKNOWN = 3, 40, 99
FIRST = date(2026, 11, 1)
Act = tuple[str, tuple[Any, ...]]
# How often each of them is asked for, so that most have something to work on.
CHANCES = {
    "earn": 7, "credit": 3, "deduct": 1, "hold": 6, "release": 3, "redeem": 3, "refund": 2,
    "reverse": 3, "undo": 1, "transfer": 3, "wait": 7, "sweep": 1, "rules": 1,
}  # fmt: skip


def book(random: Random) -> Book:
    """Some rules."""
    mode = random.choice(["never", "days", "month_end", "year_end"])
    ends = mode in {"month_end", "year_end"}
    plan = Plan(
        mode, days=random.choice([1, 10, 40]), locked=random.choice([0, 0, 1, 20]),
        carry=random.choice([0, 4, 9]) if ends else 0,
    )  # fmt: skip
    limits = [{}, {"activity": 8}, {"": 9}, {"serving": 4, "": 12}]
    return Book(
        worth={"activity": 2, "clue": 5, "serving": 3}, hourly=frozenset({"serving"}),
        fines={"uncivil": 3}, daily=random.choice(limits),
        monthly=random.choice([{}, {}, {"clue": 15}, {"": 30}]), plan=plan,
        opens=random.choice([0, 0, 6]), least=random.choice([0, 2]),
        sharing=random.random() < 0.8, refund_days=random.choice([0, 7]),
    )  # fmt: skip


class Both:
    """The two, asked the same."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        first = book(random)
        self.plain = Bank(PURSES, first, FIRST)
        self.decided = Decided(PURSES, first, FIRST)
        self.taken: set[str] = set()

    def step(self) -> None:
        """One thing that somebody asks for; often it cannot be."""
        [name] = self.random.choices(list(CHANCES), list(CHANCES.values()))
        make: Callable[[int], Act] = getattr(self, f"_{name}")
        name, about = make(self.random.randrange(PURSES))
        if name == "rules":
            return
        was = getattr(self.plain, name)(*self._plainly(name, about))
        did = getattr(self.decided, name)(*self._by_lot(name, about))
        assert was == did, (name, about)
        if was:
            self.taken.add(name)

    def check(self) -> None:
        """Everybody has the same, now and to come."""
        for who, purse in enumerate(self.plain.purses):
            mine, today = self.decided.settled(who), self.plain.today
            told = (mine.free(today.isoformat()), mine.held, mine.debt, schedule(mine))
            assert told == (purse.free(today), purse.held(), purse.debt, purse.schedule()), who
            assert all(lot.left >= 0 for lot in mine.lots.values())
            assert not (told[3] and mine.debt), "a debt is paid before anything is there"

    def _earn(self, who: int) -> Act:
        reason = self.random.choice(["activity", "activity", "clue", "serving", "uncivil"])
        quantity = self.random.choice([10, 60, 90]) if reason == "serving" else self._small()
        ago = self.random.choice([0, 0, 0, 1, 3, -1])
        return "earn", (who, reason, quantity, self.plain.today - timedelta(days=ago))

    def _credit(self, _: int) -> Act:
        who, source = self.random.randrange(PURSES - 1), str(self.random.randrange(12))
        reason = self.random.choice(["clue", "serving"])
        quantity = self.random.choice([10, 60, 200]) if reason == "serving" else 1
        told = self.plain.today - timedelta(days=self.random.choice([0, 0, 1, 2]))
        if told < self.plain.today:  # what was over by then has ended: a sweep was here
            assert self.plain.sweep(who) == self.decided.sweep(who)
        return "credit", (who, reason, quantity, told, source)

    def _deduct(self, who: int) -> Act:
        reason = self.random.choice(["uncivil", "uncivil", "clue"])
        return "deduct", (who, reason, self._small(), self.plain.today)

    def _hold(self, who: int) -> Act:
        bought = self.plain.purses[who].bought
        about = self.random.randrange(2), self.random.choice([1, 1, 2])
        limit = self.random.choice([2, 50]), self.random.choice(["day", "month", "year", "ever"])
        number = self.random.choice([len(bought), len(bought), 0])
        return "hold", (who, number, self._points(), (*about, *limit))

    def _release(self, who: int) -> Act:
        return "release", (who, self._one_of(self.plain.purses[who].bought))

    def _redeem(self, who: int) -> Act:
        return "redeem", (who, self._one_of(self.plain.purses[who].bought))

    def _refund(self, who: int) -> Act:
        number = self._one_of(self.plain.purses[who].bought)
        known = self.plain.purses[who].bought.get(number)
        whole = known.price if known else 3
        return "refund", (who, number, self.random.choice([1, 2, whole, whole]))

    def _reverse(self, who: int) -> Act:
        return "reverse", (who, self._one_of(dict(enumerate(self.plain.purses[who].deeds))))

    def _undo(self, who: int) -> Act:
        return "undo", (who, str(self.random.randrange(12)))

    def _transfer(self, who: int) -> Act:
        return "transfer", (who, self.random.randrange(PURSES), self._points())

    def _wait(self, _: int) -> Act:
        today = self.plain.today
        ends = (date(today.year, 12, 31) - today).days
        days = self.random.choices([1, 2, 9, 31, ends, ends + 1, 200], [9, 5, 5, 3, 1, 1, 1])[0]
        return "wait", (days,)

    def _sweep(self, who: int) -> Act:
        return "sweep", (who,)

    def _rules(self, _: int) -> Act:
        self.plain.book = book(self.random)
        self.decided.turn_to(self.plain.book)
        return "rules", ()

    def _small(self) -> int:
        return self.random.choice([0, 1, 1, 2, 3])

    def _points(self) -> int:
        return self.random.choice([0, 1, 2, 3, 5, 9])

    def _one_of(self, known: dict[int, Any]) -> int:
        """Mostly one that there is."""
        return self.random.choice([*known, *known, UNKNOWN])

    def _plainly(self, name: str, about: tuple[Any, ...]) -> tuple[Any, ...]:
        if name != "reverse":
            return about
        deeds = list(self.plain.purses[about[0]].deeds)
        return about[0], deeds[about[1]] if about[1] < len(deeds) else None

    def _by_lot(self, name: str, about: tuple[Any, ...]) -> tuple[Any, ...]:
        if name != "reverse":
            return about
        lots = self.decided.lots[about[0]]
        return about[0], lots[about[1]] if about[1] < len(lots) else -1


def schedule(account: Any) -> dict[date, int]:
    """How many points end when."""
    ends: dict[date, int] = {}
    for lot in account.in_order():
        day = date.fromisoformat(lot.expires) if lot.expires else FAR
        ends[day] = ends.get(day, 0) + lot.left
    return ends
