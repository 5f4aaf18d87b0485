"""Points written another way: every single point is a coin that somebody has, has put aside, or has
no more, and every midnight comes. Nothing here knows of lots, events or rule books."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

FAR = date(9999, 12, 31)


@dataclass(eq=False)
class Coin:
    """Good from `first` to `last`, both in. `deed` brought it. Of those that end together
    `goes_on[0]` are good until `goes_on[1]` after all. `age` grows from the oldest."""

    age: int
    first: date
    last: date
    deed: int | None = None
    goes_on: tuple[int, date] | None = None


@dataclass
class Deed:
    """What brought so many points; `ended` of them came to nothing by themselves."""

    reason: str
    day: date
    points: int
    ended: int = 0
    back: bool = False


@dataclass
class Bought:
    """What coins were put aside for; `state` is `open`, `spent` or `free`."""

    coins: list[Coin]
    item: int
    quantity: int
    day: date
    price: int
    state: str = "open"
    refunded: int = 0


@dataclass(frozen=True)
class Plan:
    """How long coins are good that come in: `mode` is never, days, month_end or year_end."""

    mode: str
    days: int = 0
    locked: int = 0
    carry: int = 0

    def coin(self, today: date) -> Coin:
        """One that comes in today."""
        first = today + timedelta(days=self.locked)
        if self.mode == "never":
            return Coin(0, first, FAR)
        if self.mode == "days":
            return Coin(0, first, first + timedelta(days=self.days))
        last = self._end(first)
        then = (self.carry, self._end(last + timedelta(days=1)))
        return Coin(0, first, last, goes_on=then if self.carry else None)

    def _end(self, day: date) -> date:
        month = 12 if self.mode == "year_end" else day.month
        return date(day.year, month, monthrange(day.year, month)[1])


@dataclass
class Purse:
    """What one person or household has."""

    open: bool = False
    coins: list[Coin] = field(default_factory=list)
    debt: int = 0
    deeds: dict[int, Deed] = field(default_factory=dict)
    sources: dict[str, int | None] = field(default_factory=dict)
    bought: dict[int, Bought] = field(default_factory=dict)
    went_on: Counter[date] = field(default_factory=Counter)
    _ages: count[int] = field(default_factory=count)

    def free(self, today: date) -> int:
        """What may be spent."""
        return len(self.good(today))

    def held(self) -> int:
        """What is put aside."""
        return sum(one.price for one in self.bought.values() if one.state == "open")

    def schedule(self) -> dict[date, int]:
        """How many coins end when."""
        return dict(Counter(coin.last for coin in self.coins))

    def good(self, today: date) -> list[Coin]:
        """The coins that may be spent: first those that end first, of these the oldest."""
        return [coin for coin in self.sorted() if coin.first <= today]

    def sorted(self) -> list[Coin]:
        """All of them in that order."""
        return sorted(self.coins, key=lambda coin: (coin.last, coin.age))

    def put(self, points: int, like: Coin) -> None:
        """So many coins like this one come in; those that are owed go at once."""
        paid = min(points, self.debt)
        self.debt -= paid
        age = next(self._ages)
        self.coins += [replace(like, age=age) for _ in range(points - paid)]

    def take(self, coins: list[Coin]) -> None:
        """These are not here any more."""
        gone = set(map(id, coins))
        self.coins = [coin for coin in self.coins if id(coin) not in gone]

    def midnight(self, today: date) -> None:
        """Each day that is over takes its coins along, but those that go on."""
        while (day := min((coin.last for coin in self.coins), default=today)) < today:
            over = [coin for coin in self.coins if coin.last == day]
            self.take(over)
            limits = [coin.goes_on[0] for coin in over if coin.goes_on]
            room = max(limits, default=0) - self.went_on[day]
            on: list[Coin] = []
            for coin in sorted(over, key=lambda coin: -coin.age):
                if coin.goes_on and len(on) < room:
                    on.append(coin)
                else:
                    self.end(coin)
            self.went_on[day] += len(on)
            ages = {age: next(self._ages) for age in sorted({coin.age for coin in on})}
            for coin in on:
                assert coin.goes_on is not None
                self.coins.append(Coin(ages[coin.age], date.min, coin.goes_on[1], coin.deed))

    def end(self, coin: Coin) -> None:
        """Its time is over."""
        if coin.deed is not None:
            self.deeds[coin.deed].ended += 1
