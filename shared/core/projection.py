"""Read models as pure functions: rows folded from events, tallies counted from rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.messages import Event

R = TypeVar("R")
E = TypeVar("E", bound=Event)
TallyKey = tuple[str, ...]


@dataclass(frozen=True)
class Tally(Generic[R]):
    """A table of sums that can always be explained by the rows behind it.

    `count(row)` says what one row contributes: {key: {measure: amount}}. The kernel writes only
    count(new) minus count(old), so a tally follows its rows in both directions.
    """

    name: str
    keys: tuple[str, ...]
    measures: tuple[str, ...]
    count: Callable[[R], Mapping[TallyKey, Mapping[str, int]]]


def own_stream(recorded: Recorded[Any]) -> UUID:
    """The key of a read model with one row per stream."""
    return recorded.stream_id


@dataclass(frozen=True)
class ReadModel(Generic[R, E]):
    """One table. `row` is a frozen dataclass whose first field is the key and whose annotations
    are the columns; `fold` gives the next row, or None for none. No clock, no joins.

    `key` names the row an event speaks of, or None when it says nothing here.
    """

    name: str
    row: type[R]
    fold: Callable[[R | None, Recorded[E]], R | None]
    key: Callable[[Recorded[E]], UUID | None] = own_stream
    indexes: tuple[str, ...] = ()
    tally: Tally[R] | None = None
