"""The rules there are, and which of them are in force where and when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of


@dataclass(frozen=True)
class Shelf:
    """`versions` in the order in which they were published, after those that everybody begins
    with."""

    versions: tuple[VolunteerRules, ...] = (BOOK,)

    def in_force(self, above: Sequence[str], moment: datetime) -> VolunteerRules:
        """The rules of a place, given with all that it lies in, the narrowest first: of those that
        have started, the ones of the narrowest scope; of these the last to start, then the last to
        be published."""
        day = date.fromisoformat(day_of(moment))
        places = [*above, ""]
        started = [
            (-places.index(one.scope), one.starts, number)
            for number, one in enumerate(self.versions)
            if one.starts <= day and one.scope in places
        ]
        return self.versions[max(started)[2]] if started else BOOK

    def of(self, version: str) -> VolunteerRules | None:
        """The rules of this version, whenever they start; None where there are none."""
        return next((one for one in self.versions if one.version == version), None)
