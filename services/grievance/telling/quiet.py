"""Quiet hours, in Beijing time: at night only what is urgent is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from shared.core.canonical import EPOCH
from shared.core.local_time import BEIJING

URGENT = ("critical", "urgent")


@dataclass(frozen=True)
class QuietHours:
    """From one time of the day until another, past midnight where that is earlier; none at all
    where they are the same."""

    first: time
    until: time

    def holds(self, moment: datetime) -> bool:
        """Whether it is quiet at this moment."""
        local = (EPOCH + (moment - EPOCH) + BEIJING).time()
        if self.first <= self.until:
            return self.first <= local < self.until
        return local >= self.first or local < self.until
