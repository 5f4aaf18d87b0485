"""The figures of a board: each measure at the end of a day, with the days that led there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.dashboard.measures.book import Code
from services.dashboard.measures.ledger import Ledger
from services.dashboard.measures.rules_2026_1 import BOOK

TREND = 30
# The three rates that a district is held to.
SHOWN: tuple[Code, ...] = ("response_rate", "resolution_rate", "satisfaction_rate")


@dataclass(frozen=True)
class Stock:
    """How many there are at the end of the day, and were at the end of the day before."""

    value: int
    before: int
    trend: list[int]


@dataclass(frozen=True)
class Flow:
    """How many there were on the day."""

    value: int
    trend: list[int]


@dataclass(frozen=True)
class Share:
    """A rate over the window, in thousandths; none of nothing."""

    numerator: int
    denominator: int
    per_mille: int | None
    trend: list[int | None]


Figures = Mapping[str, Stock | Flow | Share]


@dataclass(frozen=True)
class Span:
    """The day that is asked about, how many days a rate looks back, how many days of trend."""

    day: int
    window: int = BOOK.window
    trend: int = TREND

    @property
    def first(self) -> int:
        """The day whose end everything is counted from."""
        return self.day - max(self.trend, 1) + 1 - max(self.window, 1)


def figures(ledger: Ledger, span: Span) -> Figures:
    """All measures of a board, in the order of the rule book; trends end with the day."""
    days = range(span.day - span.trend + 1, span.day + 1)
    shown: dict[str, Stock | Flow | Share] = {}
    for one in BOOK.measures:
        if one.kind == "stock":
            now, before = (ledger.value(one, day) for day in (span.day, span.day - 1))
            shown[one.code] = Stock(now, before, [ledger.value(one, day) for day in days])
        elif one.kind == "flow":
            trend = [ledger.value(one, day) for day in days]
            shown[one.code] = Flow(ledger.value(one, span.day), trend)
        elif one.code in SHOWN:
            rate = ledger.rate(one, span.day, span.window)
            rates = [ledger.rate(one, day, span.window).per_mille for day in days]
            shown[one.code] = Share(rate.numerator, rate.denominator, rate.per_mille, rates)
    return shown
