"""A rule book of measures: what is counted, among what, what is left out, and within what time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

# stock: how many there are at the end of a day. flow: how many there were on a day, or on several.
# rate: a part of those that were due or were asked on several days.
Kind = Literal["stock", "flow", "rate"]
# What the tally of the cases counts, each on a day of its own.
Movement = Literal[
    "filed", "reopened", "closed", "declined", "first_pass", "overdue", "response_due",
    "responded", "called_back", "resolved", "satisfied",
]  # fmt: skip
Code = Literal[
    "open", "overdue", "filed", "closed", "reopened", "declined", "response_rate",
    "resolution_rate", "satisfaction_rate", "first_pass_rate",
]  # fmt: skip


@dataclass(frozen=True)
class Said:
    """The same in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Measure:
    """One figure. `counts` are the movements it sums up, with their signs; of a rate they are the
    numerator, and `among` is the denominator. `counted`, `denominator` and `left_out` say the same
    in plain words; `source` names where the definition comes from."""

    code: Code
    kind: Kind
    name: Said
    counted: Said
    counts: Mapping[Movement, int]
    source: str
    among: Movement | None = None
    denominator: Said | None = None
    left_out: Said | None = None


@dataclass(frozen=True)
class RuleBook:
    """All that a figure depends on, under one `version`: a changed rule is a new version.

    `limits` are days by type of case, `otherwise` is for any other type; `unanswered` are types
    that need no response. `window` is how many days a rate looks back where nothing else is asked.
    A rate is ranked from `minimum_sample` on; counts from 1 up to but not including `small` are
    not shown to the outside.
    """

    version: str
    measures: Sequence[Measure]
    limits: Mapping[str, int]
    otherwise: int
    unanswered: frozenset[str] = field(default_factory=frozenset)
    window: int = 30
    minimum_sample: int = 20
    small: int = 5

    def limit(self, case_type: str) -> int:
        """Within how many days a round of such a case is to end."""
        return self.limits.get(case_type, self.otherwise)

    def measure(self, code: str) -> Measure:
        """The measure of this code. Raises KeyError."""
        for one in self.measures:
            if one.code == code:
                return one
        raise KeyError(code)

    def of_kind(self, kind: Kind) -> list[Measure]:
        """The measures of this kind, in order."""
        return [one for one in self.measures if one.kind == kind]
