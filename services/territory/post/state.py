"""A seat as it is decided on: who held it when, who was away when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Holding:
    """One person's time in the seat, begun by event `number`; without an end while it lasts."""

    number: int
    holder: UUID
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Leave:
    """A time away, begun by event `number`, of what event `filled` began."""

    number: int
    filled: int
    holder: UUID
    since: datetime
    until: datetime
    delegate: UUID | None


@dataclass(frozen=True)
class Post:
    """`version` counts the events, so that each can be named."""

    version: int = 0
    territory: str = ""
    holdings: tuple[Holding, ...] = ()
    leaves: tuple[Leave, ...] = ()


def meet(since: datetime, until: datetime | None, one: Holding | Leave) -> bool:
    """Whether a time from `since` to before `until` has a moment in common with this one."""
    return (one.until is None or since < one.until) and (until is None or one.since < until)
