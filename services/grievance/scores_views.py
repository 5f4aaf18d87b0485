"""From counts to rates, scores and grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from services.grievance.measures import book
from services.grievance.queries.scores import whole
from services.grievance.rules.book import RuleBook

MEASURES: Mapping[str, Any] = {
    "version": book.VERSION,
    "rates": [
        {
            "code": code,
            "numerator": rule.part,
            "denominator": rule.among,
            "left_out": rule.left_out,
            "weight": book.WEIGHTS.get(code, 0),
            "source": rule.source,
        }
        for code, rule in book.RATES.items()
    ],
    "weights_source": book.JUNGAR,
    "grades": [{"grade": grade, "least": least} for least, grade in book.GRADES],
    "grades_source": book.BENGBU,
}


def lines(
    counted: Iterable[Mapping[str, Any]], names: Mapping[str | None, str]
) -> list[dict[str, Any]]:
    """A line for each, the best score first, those without one last."""
    made = [
        {"code": one["code"], "name": names.get(one["code"], one["code"]), **line(one)}
        for one in counted
        if any(one[name] for name in book.COUNTED)
    ]
    return sorted(made, key=lambda one: (one["score"] is None, -(one["score"] or 0), one["code"]))


def line(counted: Mapping[str, int]) -> dict[str, Any]:
    """What is counted, with all that is made of it."""
    points = book.score(counted)
    return {
        "counted": {name: counted[name] for name in book.COUNTED},
        "rates": [_rate(code, counted) for code in book.RATES],
        "score": None if points is None else _rounded(points * 10),
        "grade": None if points is None else book.grade(points),
    }


def sample(counted: Iterable[Mapping[str, Any]], rules: RuleBook) -> dict[str, Any]:
    """How far the callbacks of a month have come."""
    sums = whole(list(counted))
    replied, called = sums["replied"], sums["sampled"]
    needed = book.needed(replied, rules.callback_share)
    return {
        "replied": replied,
        "called_back": called,
        "per_mille": _rounded(Fraction(1_000 * called, replied)) if replied else None,
        "share": rules.callback_share,
        "needed": needed,
        "short": max(needed - called, 0),
        "rules": rules.version,
    }


def _rate(code: book.Rate, counted: Mapping[str, int]) -> dict[str, Any]:
    rule, part = book.RATES[code], book.rate(code, counted)
    return {
        "code": code,
        "numerator": counted[rule.part],
        "denominator": counted[rule.among],
        "per_mille": None if part is None else _rounded(part * 1_000),
    }


def _rounded(value: Fraction) -> int:
    """To the nearest, half up."""
    return int(value + Fraction(1, 2))
