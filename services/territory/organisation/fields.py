"""Fields that several forms of organisation have."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field


def _real(day: str) -> str:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise ValueError("not a day such as 2026-05-01") from None
    return day


Day = Annotated[
    str, Field(pattern=r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real)
]
Fen = Annotated[int, Field(ge=1, le=10**15)]
Amount = Annotated[int, Field(ge=0, le=10**12)]
Number = Annotated[int, Field(ge=1, lt=2**31)]
