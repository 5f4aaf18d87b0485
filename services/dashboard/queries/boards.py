"""Boards: the figures of a territory and of its parts, at the end of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.dashboard.measures import days
from services.dashboard.measures.figures import Figures, Span, figures
from services.dashboard.measures.ledger import BEFORE, Ledger, Sums
from services.dashboard.queries import movements
from services.dashboard.queries.movements import Where
from services.dashboard.queries.sheets import Sheets
from shared.store.pool import Connection


@dataclass(frozen=True)
class Part:
    """The figures of a part, without trends; what was filed at the asked territory itself, and not
    below it, is under its own code."""

    territory: str
    figures: Figures


@dataclass(frozen=True)
class Board:
    """The figures of a territory: always the sums of its parts'. `days` are those of the trends."""

    days: Sequence[str]
    figures: Figures
    parts: Sequence[Part]


async def read(
    connection: Connection,
    where: Where,
    span: Span,
    early: int | None,
    sheets: Sheets | None = None,
) -> Board:
    """The board, in one statement: the parts and their sum are of the same moment. There is nothing
    before the day `early`, and nothing at all without one."""
    parts = dict[str, Sums]({code: {} for code in where.listed})
    if early is not None:
        parts |= await movements.read(connection, where, labels(early, span), sheets)
    return Board(
        days=days.days(span.day - span.trend + 1, span.day),
        figures=_figures(movements.total(parts.values()), span),
        parts=[Part(code, _figures(parts[code], replace(span, trend=0))) for code in sorted(parts)],
    )


def _figures(sums: Sums, span: Span) -> Figures:
    return figures(Ledger(span.first, span.day, sums), span)


def labels(early: int, span: Span) -> dict[str, str]:
    """The periods of a board: each day of the span, and of the month of the last one, by itself;
    all before that month together."""
    month = days.first_of_month(span.day)
    before = dict.fromkeys(days.cover(early, month - 1), BEFORE)
    return before | {day: day for day in days.days(min(month, span.first + 1), span.day)}
