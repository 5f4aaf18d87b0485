"""Which version of a thing is in force where and when: each says from which day on, and in which
territory and below. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from shared.core.local_time import day_of


class Versioned(Protocol):
    """`scope` is empty for what is in force everywhere."""

    @property
    def starts(self) -> date:
        """The first day on which it is in force."""

    @property
    def scope(self) -> str:
        """The territory in which it is, and below which."""


V = TypeVar("V", bound=Versioned)


def in_force(versions: Sequence[V], above: Sequence[str], moment: datetime) -> V | None:
    """The version for a place, given with all that it lies in, the narrowest first: of those that
    have started, the one of the narrowest scope; of these the last to start, then the last in the
    order given. None where none has started."""
    day = date.fromisoformat(day_of(moment))
    places = [*above, ""]
    started = [
        (-places.index(one.scope), one.starts, number)
        for number, one in enumerate(versions)
        if one.starts <= day and one.scope in places
    ]
    return versions[max(started)[2]] if started else None
