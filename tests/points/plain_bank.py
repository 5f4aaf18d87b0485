"""What people ask of plain points. Each step says whether it is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.points.plain import FAR, Bought, Coin, Deed, Plan, Purse

LENGTHS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "ever": ""}


@dataclass(frozen=True)
class Book:
    """What a deed is worth (`hour`: in sixty minutes), the limits for it by day and by month, those
    for all deeds under "", and what else was agreed."""

    worth: dict[str, int]
    hourly: frozenset[str]
    fines: dict[str, int]
    daily: dict[str, int]
    monthly: dict[str, int]
    plan: Plan
    opens: int
    least: int
    sharing: bool
    refund_days: int


class Bank:
    """So many purses; the last one is a household's."""

    def __init__(self, purses: int, book: Book, today: date) -> None:
        self.purses = [Purse() for _ in range(purses)]
        self.purses[-1].open = True
        self.book, self.today, self._deeds = book, today, 0

    def wait(self, days: int) -> bool:
        """Midnights pass."""
        self.today += timedelta(days=days)
        for purse in self.purses:
            purse.midnight(self.today)
        return True

    def sweep(self, who: int) -> bool:
        """Midnights need no help here."""
        return self.purses[who].open

    def earn(self, who: int, reason: str, quantity: int, day: date) -> bool:
        """Somebody gives points."""
        purse = self.purses[who]
        if quantity <= 0 or day > self.today or reason not in self.book.worth:
            return False
        if not purse.open and who == len(self.purses) - 1:
            return False
        asked = self._asked(reason, quantity)
        self._brought(purse, reason, (asked, day), self.today)
        return asked > 0

    def credit(self, who: int, reason: str, quantity: int, told: date, source: str) -> bool:
        """Another service told on day `told`; each source counts once."""
        purse, asked = self.purses[who], self._asked(reason, quantity)
        if source in purse.sources or not asked:
            return True
        purse.sources[source] = self._brought(purse, reason, (asked, told), told)
        return True

    def deduct(self, who: int, reason: str, quantity: int, day: date) -> bool:
        """Somebody takes points: what there is."""
        purse = self.purses[who]
        if not purse.open or quantity <= 0 or day > self.today or reason not in self.book.fines:
            return False
        purse.take(purse.good(self.today)[: quantity * self.book.fines[reason]])
        return True

    def hold(self, who: int, number: int, points: int, what: tuple[int, int, int, str]) -> bool:
        """Coins put aside for a quantity of an item, of which there is a limit for some time."""
        purse, (item, quantity, limit, per) = self.purses[who], what
        ever = sum(deed.points for deed in purse.deeds.values() if not deed.back)
        span = self.today.strftime(LENGTHS[per])
        had = sum(
            one.quantity
            for one in purse.bought.values()
            if (one.item, one.day.strftime(LENGTHS[per])) == (item, span)
            and not (one.state == "free" or one.refunded == one.price)
        )
        if not purse.open or number in purse.bought or had + quantity > limit:
            return False
        if points <= 0 or points < self.book.least or ever < self.book.opens:
            return False
        coins = purse.good(self.today)[:points]
        if len(coins) < points:
            return False
        purse.take(coins)
        purse.bought[number] = Bought(coins, item, quantity, self.today, points)
        return True

    def release(self, who: int, number: int) -> bool:
        """They were never put aside, as it were."""
        purse = self.purses[who]
        bought = purse.bought.get(number)
        if bought is None or bought.state != "open":
            return False
        bought.state = "free"
        paid = min(purse.debt, bought.price)
        purse.debt -= paid
        for coin in bought.coins[paid:]:
            if coin.last < self.today:
                purse.end(coin)
            else:
                purse.coins.append(coin)
        return True

    def redeem(self, who: int, number: int) -> bool:
        """They are spent."""
        bought = self.purses[who].bought.get(number)
        if bought is None or bought.state != "open":
            return False
        bought.state = "spent"
        return True

    def refund(self, who: int, number: int, points: int) -> bool:
        """Some come back, good for as long as the last of them was, and for some days at least."""
        purse = self.purses[who]
        bought = purse.bought.get(number)
        if bought is None or bought.state != "spent" or points <= 0:
            return False
        if points > bought.price - bought.refunded:
            return False
        bought.refunded += points
        least = self.today + timedelta(days=self.book.refund_days)
        purse.put(points, Coin(0, date.min, max(least, *(coin.last for coin in bought.coins))))
        return True

    def reverse(self, who: int, deed: int | None) -> bool:
        """A deed was none: its coins go, then any others, and the rest is owed."""
        purse = self.purses[who]
        if deed is None or purse.deeds[deed].back:
            return False
        known = purse.deeds[deed]
        known.back, wanted = True, known.points - known.ended
        coins = sorted(purse.sorted(), key=lambda coin: coin.deed != deed)[:wanted]
        purse.take(coins)
        purse.debt += wanted - len(coins)
        return True

    def undo(self, who: int, source: str) -> bool:
        """What a source told was none; nothing where it brought nothing."""
        self.reverse(who, self.purses[who].sources.get(source))
        return True

    def transfer(self, who: int, to: int, points: int) -> bool:
        """Coins change hands within the household, those of a day and a deed together."""
        giver, other = self.purses[who], self.purses[to]
        if not (self.book.sharing and giver.open and other.open) or who == to or points <= 0:
            return False
        coins = giver.good(self.today)[:points]
        if len(coins) < points:
            return False
        giver.take(coins)
        for age in dict.fromkeys(coin.age for coin in coins):
            same = [coin for coin in coins if coin.age == age]
            other.put(len(same), replace(same[0], deed=None))
        return True

    def _asked(self, reason: str, quantity: int) -> int:
        return quantity * self.book.worth[reason] // (60 if reason in self.book.hourly else 1)

    def _brought(
        self, purse: Purse, reason: str, asked: tuple[int, date], told: date
    ) -> int | None:
        points, day = asked
        if not points:
            return None
        purse.open = True
        standing = [deed for deed in purse.deeds.values() if not deed.back]
        for key in (reason, ""):
            about = [deed for deed in standing if key in (deed.reason, "")]
            on_day = sum(deed.points for deed in about if deed.day == day)
            in_month = sum(
                deed.points for deed in about if (deed.day.year, deed.day.month) == day_month(day)
            )
            points = min(points, self.book.daily.get(key, points + on_day) - on_day)
            points = min(points, self.book.monthly.get(key, points + in_month) - in_month)
        if points <= 0:
            return None
        self._deeds += 1
        purse.deeds[self._deeds] = Deed(reason, day, points)
        purse.put(points, replace(self.book.plan.coin(told), deed=self._deeds))
        purse.midnight(self.today)
        return self._deeds


def day_month(day: date) -> tuple[int, int]:
    return day.year, day.month


assert FAR.isoformat() == "9999-12-31"
