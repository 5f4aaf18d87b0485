"""What a bench finds out: samples of rounds, figures over samples, figures beside their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Sample:
    """One round: how many a second, and the time to an answer in milliseconds where it is told."""

    rate: float
    p50: float | None = None
    p99: float | None = None
    p95: float | None = None

    @classmethod
    def of(cls, seconds: float, latencies: Sequence[float]) -> Sample:
        """From the window's length and the time to each answer, both in seconds."""
        if not latencies:
            return cls(0.0)
        ordered = sorted(latencies)
        shares = (_at(ordered, share) * 1e3 for share in (0.5, 0.99, 0.95))
        return cls(len(ordered) / seconds, *shares)


@dataclass(frozen=True)
class Figure:
    """Medians over rounds. `name` says what was done, `includes` what is in the price."""

    name: str
    unit: str
    includes: str
    samples: Sequence[Sample]

    @property
    def rate(self) -> float:
        """The median round's rate."""
        return median(sample.rate for sample in self.samples)

    @property
    def span(self) -> tuple[float, float]:
        """The slowest and the fastest round's rate."""
        rates = [sample.rate for sample in self.samples]
        return min(rates), max(rates)

    @property
    def p50(self) -> float | None:
        """The median round's p50 in milliseconds."""
        return _median([sample.p50 for sample in self.samples])

    @property
    def p95(self) -> float | None:
        """The median round's p95 in milliseconds."""
        return _median([sample.p95 for sample in self.samples])

    @property
    def p99(self) -> float | None:
        """The median round's p99 in milliseconds."""
        return _median([sample.p99 for sample in self.samples])


@dataclass(frozen=True)
class Bar:
    """What the figure has to show: at least this rate, at most these milliseconds, at least this
    share of its first limit's rate."""

    rate: float | None = None
    p50: float | None = None
    p99: float | None = None
    share: float | None = None
    p95: float | None = None

    def __str__(self) -> str:
        parts = [
            f"≥ {self.rate:,.0f}/s" if self.rate else "",
            f"p50 ≤ {self.p50:g} ms" if self.p50 else "",
            f"p95 ≤ {self.p95:g} ms" if self.p95 else "",
            f"p99 ≤ {self.p99:g} ms" if self.p99 else "",
            f"≥ {self.share:.0%} of the limit" if self.share else "",
        ]
        return ", ".join(part for part in parts if part)

    def missed(self, figure: Figure, limits: Sequence[Figure] = ()) -> list[str]:
        """Every part that the figure does not reach, and by how much."""
        parts = []
        if self.rate and figure.rate < self.rate:
            parts.append(f"rate {1 - figure.rate / self.rate:.0%} short")
        for name in ("p50", "p95", "p99"):
            wanted, found = getattr(self, name), getattr(figure, name)
            if wanted and found is not None and found > wanted:
                parts.append(f"{name} {found / wanted - 1:.0%} over")
        if self.share and limits and figure.rate < self.share * limits[0].rate:
            parts.append(f"{figure.rate / limits[0].rate:.0%} of the limit")
        return parts


@dataclass(frozen=True)
class Measure:
    """A figure of ours beside the limits measured in the same rounds."""

    figure: Figure
    target: Bar | None = None
    limits: Sequence[Figure] = ()
    load: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """As it is stored."""
        ours = self.figure
        return {
            **_told(ours),
            "target": str(self.target) if self.target else None,
            "missed": self.target.missed(ours, self.limits) if self.target else [],
            "load_average_before": round(self.load, 2),
            "limits": [
                {**_told(limit), "ratio": round(ours.rate / limit.rate, 2)}
                for limit in self.limits
                if limit.rate
            ],
        }


def _told(figure: Figure) -> dict[str, Any]:
    low, high = figure.span
    return {
        "name": figure.name,
        "unit": figure.unit,
        "includes": figure.includes,
        "median": round(figure.rate),
        "lowest": round(low),
        "highest": round(high),
        "p50_ms": _rounded(figure.p50),
        "p95_ms": _rounded(figure.p95),
        "p99_ms": _rounded(figure.p99),
        "rounds": len(figure.samples),
    }


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
