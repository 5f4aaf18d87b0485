"""Which rules were published, and which of them withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from services.points.rules.book import PointsRules


@dataclass(frozen=True)
class Published:
    """`versions` in the order in which they were published; `withdrawn` are some of them. `touched`
    is where the last of which something was told is in force."""

    versions: tuple[PointsRules, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    district: str = ""
    touched: str = ""

    def of(self, version: str) -> PointsRules | None:
        """The rules of this version; None where none were published."""
        return next((one for one in self.versions if one.version == version), None)

    @property
    def standing(self) -> tuple[PointsRules, ...]:
        """Those that were not withdrawn."""
        return tuple(one for one in self.versions if one.version not in self.withdrawn)
