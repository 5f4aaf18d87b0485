"""What clients get of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.dashboard.comparisons import Cell, Comparison
from services.dashboard.measures.book import Code
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.views import place
from shared.runtime.projections.map_copy import MapCopy


def comparison(map_copy: MapCopy, found: Comparison) -> dict[str, Any]:
    """Lines with the names of then."""
    asked = found.asked
    return {
        "territory": place(map_copy, asked.territory, asked.drawn_at),
        "level": asked.level,
        "from": found.first,
        "to": found.last,
        "drawn_at": asked.drawn_at,
        "audience": asked.audience,
        "rule": BOOK.version,
        "minimum_sample": BOOK.minimum_sample,
        "measures": asked.measures,
        "items": [
            {"territory": place(map_copy, code, asked.drawn_at), "figures": _figures(cells)}
            for code, cells in found.lines.items()
        ],
        "rest": None if found.rest is None else _figures(found.rest),
        "total": _figures(found.total),
        "watermark": found.watermark.model_dump(),
    }


def figure(cell: Cell) -> dict[str, Any]:
    """A count, a rate with its standing, or nothing at all."""
    one = cell.standing
    return {
        "hidden": cell.count is None and one is None,
        "value": one.rate.per_mille if one else cell.count,
        "numerator": one and one.rate.numerator,
        "denominator": one and one.rate.denominator,
        "estimate": one and one.estimate,
        "low": one and one.low,
        "high": one and one.high,
        "rank": one and one.rank,
    }


def _figures(cells: Mapping[Code, Cell]) -> dict[Code, Any]:
    return {code: figure(cell) for code, cell in cells.items()}
