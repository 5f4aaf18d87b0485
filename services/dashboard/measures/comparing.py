"""Rates side by side, fairly: an interval for each, small samples drawn towards the mean, a rank
only for samples that are large enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from services.dashboard.measures.ledger import Rate
from services.dashboard.measures.rules_2026_1 import BOOK

# The quantile of the normal distribution for 95 %.
Z = 1.959963984540054


@dataclass(frozen=True)
class Standing:
    """A rate beside others, in thousandths: what is to be expected of it (`estimate`), between
    what it lies with 95 % confidence, and its place, 1 the highest. None of nothing."""

    rate: Rate
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    rank: int | None = None


def standings(rates: Mapping[str, Rate], minimum: int = BOOK.minimum_sample) -> dict[str, Standing]:
    """Each of these rates beside the others; those with a smaller denominator have no rank."""
    estimates = shrunk(rates)
    ranked = sorted(estimates[code] for code, one in rates.items() if one.denominator >= minimum)
    told = {}
    for code, one in rates.items():
        if one.denominator == 0:
            told[code] = Standing(one)
            continue
        own, (low, high) = estimates[code], wilson(one)
        place = sum(other > own for other in ranked) + 1 if one.denominator >= minimum else None
        told[code] = Standing(one, _mille(own), _mille(low), _mille(high), place)
    return told


def wilson(rate: Rate) -> tuple[float, float]:
    """The interval of Wilson (1927) that holds the true rate with 95 % confidence."""
    n, p = rate.denominator, rate.numerator / rate.denominator
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def shrunk(rates: Mapping[str, Rate]) -> dict[str, float]:
    """What is to be expected of each: the mean of a beta-binomial given its sample, where the prior
    is estimated from all of them. A small sample lies near their common mean; where they do not
    differ by more than chance, all of them do."""
    samples = {code: one for code, one in rates.items() if one.denominator}
    if not samples:
        return {}
    mean, alike = _prior(list(samples.values()))
    told = {}
    for code, one in samples.items():
        weight = one.denominator * alike / (1 + (one.denominator - 1) * alike)
        told[code] = weight * one.numerator / one.denominator + (1 - weight) * mean
    return told


def _prior(samples: list[Rate]) -> tuple[float, float]:
    """The common mean, and how far two answers from the same place are alike: 0 where places do
    not differ, 1 where each has one answer for all; by the method of moments (Kleinman 1973)."""
    total = sum(one.denominator for one in samples)
    mean = sum(one.numerator for one in samples) / total
    spread = sum(one.denominator * (one.numerator / one.denominator - mean) ** 2 for one in samples)
    chance, free = mean * (1 - mean), len(samples) - 1
    room = total - sum(one.denominator**2 for one in samples) / total - free
    if chance == 0 or room <= 0:
        return mean, 0.0
    return mean, min(1.0, max(0.0, (spread / chance - free) / room))


def _mille(share: float) -> float:
    return round(1_000 * share, 1)
