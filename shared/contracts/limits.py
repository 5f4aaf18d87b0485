"""How many days a round of a case may take before it is overdue: one rule table for all services.

A round begins on the day the petition is filed, or the case reopened, in Beijing time, and has
until the end of its due day. Every figure that goes by this table says its version.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

VERSION = "2026.1"
# Days by type of case; `OTHERWISE` for every other type.
DAYS: Mapping[str, int] = MappingProxyType(
    {"consult": 1, "help": 5, "suggest": 5, "report": 10, "complaint": 10, "petition": 60}
)
OTHERWISE = 15


def days_of(case_type: str) -> int:
    """How many days a round of a case of this type may take."""
    return DAYS.get(case_type, OTHERWISE)


def due_day(case_type: str, begun_day: str) -> str:
    """The last day, such as `2026-05-16`, on which a round that began on that day is in time; it is
    overdue from the day after. Raises ValueError for what is no day."""
    return (date.fromisoformat(begun_day) + timedelta(days=days_of(case_type))).isoformat()
