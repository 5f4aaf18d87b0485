"""Which rules were published, and which of them withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from services.volunteer.rules.book import VolunteerRules


@dataclass(frozen=True)
class Published:
    """`versions` in the order in which they were published; `withdrawn` are some of them. `touched`
    is where the last of which something was told is in force."""

    versions: tuple[VolunteerRules, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    district: str = ""
    touched: str = ""

    def of(self, version: str) -> VolunteerRules | None:
        """The rules of this version; None where none were published."""
        return next((one for one in self.versions if one.version == version), None)

    @property
    def standing(self) -> tuple[VolunteerRules, ...]:
        """Those that were not withdrawn."""
        return tuple(one for one in self.versions if one.version not in self.withdrawn)
