"""The rule book of measures: each rate with its numerator and its denominator, the score, the
grades, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

# What is counted of the orders of a unit that were dispatched in a month; `replied` and `sampled`
# of those that were replied to in it.
Counted = Literal[
    "dispatched", "bounced", "sign_due", "signed", "contact_due", "contacted", "close_due",
    "closed_in_time", "to_close", "closed", "redone", "extended", "called_back", "resolved",
    "satisfied", "excluded", "replied", "sampled",
]  # fmt: skip
Rate = Literal[
    "response_rate", "resolution_rate", "satisfaction_rate", "sign_rate", "completion_rate",
    "on_time_rate", "redo_rate", "extension_rate", "bounce_rate",
]  # fmt: skip
Grade = Literal["excellent", "good", "pass", "fail"]
COUNTED: tuple[Counted, ...] = get_args(Counted)
VERSION = "scores-2026.1"
GLOSSARY = "Linli's definition: cities differ"
JUNGAR = "Jungar Banner: response 30, resolution 35, satisfaction 35, in a secondary article"
BENGBU = "Bengbu, 2011 measure: 90 excellent, 80 good, 60 pass, of 100"
LEFT_OUT = (
    "cases that were excluded; orders with which it is not settled yet, or that went to another "
    "unit before it was"
)


@dataclass(frozen=True)
class RateRule:
    """One rate: a part of what is `among`; `left_out` says of what neither is made."""

    part: Counted
    among: Counted
    left_out: str
    source: str = GLOSSARY


EXCLUDED = "cases that were excluded"
RATES: Mapping[Rate, RateRule] = {
    "response_rate":     RateRule("contacted", "contact_due", LEFT_OUT),
    "resolution_rate":   RateRule("resolved", "called_back", EXCLUDED),
    "satisfaction_rate": RateRule("satisfied", "called_back", EXCLUDED),
    "sign_rate":         RateRule("signed", "sign_due", LEFT_OUT),
    "completion_rate":   RateRule("closed", "to_close", LEFT_OUT),
    "on_time_rate":      RateRule("closed_in_time", "close_due", LEFT_OUT),
    "redo_rate":         RateRule("redone", "closed", EXCLUDED),
    "extension_rate":    RateRule("extended", "dispatched", EXCLUDED),
    "bounce_rate":       RateRule("bounced", "dispatched", EXCLUDED),
}  # fmt: skip
WEIGHTS: Mapping[Rate, int] = {
    "response_rate": 30, "resolution_rate": 35, "satisfaction_rate": 35,
}  # fmt: skip
GRADES: tuple[tuple[int, Grade], ...] = ((90, "excellent"), (80, "good"), (60, "pass"), (0, "fail"))


def rate(code: Rate, counted: Mapping[str, int]) -> Fraction | None:
    """A rate of these counts; None of nothing."""
    rule = RATES[code]
    whole = counted[rule.among]
    return Fraction(counted[rule.part], whole) if whole else None


def score(counted: Mapping[str, int]) -> Fraction | None:
    """The weighted score of 100; None unless each of its rates is one of something."""
    total = Fraction(0)
    for code, weight in WEIGHTS.items():
        part = rate(code, counted)
        if part is None:
            return None
        total += weight * part
    return total


def grade(points: Fraction) -> Grade:
    """The grade of a score, exactly as it is and never rounded up."""
    return next(name for least, name in GRADES if points >= least)


def needed(replied: int, share: int) -> int:
    """How many of so many have to be called back, for a share in hundredths."""
    return -(-replied * share // 100)
