"""What request fields may hold beyond text: times, positions, the changes of a correction.

Whatever passes here can be kept by every store downstream and read back as it was.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    TypeAdapter,
)

from shared.core.messages import Scalar
from shared.core.text import Word

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def _in_utc(moment: datetime) -> datetime:
    if not EARLIEST <= moment < LATEST:
        raise ValueError(f"not a time from {EARLIEST.year} to {LATEST.year - 1}")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
Position = Annotated[int, Field(ge=0, lt=2**63)]
Month = Annotated[str, Field(pattern="^[12][0-9]{3}-(0[1-9]|1[0-2])$")]


class _Timed(BaseModel):
    """The one change that is a time."""

    occurred_at: Moment | None = None


_Name = Annotated[str, Field(pattern="^[a-z_]{1,40}$")]
_WORD = TypeAdapter[str](Word)


def _scalar(value: object) -> object:
    if isinstance(value, str):
        return _WORD.validate_python(value)
    if value is None or isinstance(value, bool | int):
        return value
    raise ValueError("not a text, a whole number, true, false or null")


def _timed(changes: dict[str, Scalar]) -> dict[str, Scalar]:
    moment = _Timed.model_validate(changes).occurred_at
    return {**changes, "occurred_at": moment.isoformat()} if moment else changes


Changes = Annotated[
    dict[_Name, Annotated[Scalar, BeforeValidator(_scalar)]],
    Field(max_length=20),
    AfterValidator(_timed),
]
