"""Times and places in a log, as requests and queries may give them.

Whatever passes here can be kept by every store downstream and read back as it was.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for one that no store would keep."""
    if not EARLIEST <= moment < LATEST:
        raise ValueError(f"not a time from {EARLIEST.year} to {LATEST.year - 1}")
    return moment.astimezone(UTC)


def _on_the_calendar(day: str) -> str:
    date.fromisoformat(day)
    return day


Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]
Position = Annotated[int, Field(ge=0, lt=2**63)]
Month = Annotated[str, Field(pattern="^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
Day = Annotated[
    str,
    Field(
        pattern="^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        json_schema_extra={"format": "date"},
    ),
    AfterValidator(_on_the_calendar),
]
