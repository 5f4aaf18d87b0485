"""Read models as pure functions: rows folded from events, tallies counted from rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Generic, TypeVar
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.interest import Interest
from shared.core.messages import Event

R = TypeVar("R")
E = TypeVar("E", bound=Event)
TallyKey = tuple[str, ...]


@dataclass(frozen=True)
class Tally(Generic[R]):
    """A table of sums that can always be explained by the rows behind it.

    `count(row)` says what one row contributes: {key: {measure: amount}}. The kernel writes only
    count(new) minus count(old), so a tally follows its rows in both directions.

    Where it is `stamped`, a table `NAME_stamps` beside it has a stamp for each first key, another
    one whenever a sum under that key has moved: where the stamp stands, so do the sums.
    """

    name: str
    keys: tuple[str, ...]
    measures: tuple[str, ...]
    count: Callable[[R], Mapping[TallyKey, Mapping[str, int]]]
    stamped: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables."""
        return (self.name, f"{self.name}_stamps") if self.stamped else (self.name,)


def own_stream(recorded: Recorded[Any]) -> UUID:
    """The key of a read model with one row per stream."""
    return recorded.stream_id


def own_event(recorded: Recorded[Any]) -> UUID:
    """The key of a read model with one row per event: it follows from stream and version.

    It begins as the stream's id does, so that the rows of a stream stay together in the index;
    the rest is a hash (RFC 9562, version 8).
    """
    stream = recorded.stream_id.bytes
    hashed = sha256(stream + recorded.version.to_bytes(4, "big")).digest()
    value = int.from_bytes(stream[:8] + hashed[:8], "big")
    return UUID(int=value & ~(0xF << 76) & ~(0b11 << 62) | (0x8 << 76) | (0b10 << 62))


def earlier_event(recorded: Recorded[Any], version: int) -> UUID:
    """The key of the row that another event of the same stream made, by the version of that."""
    return own_event(recorded._replace(version=version))


@dataclass(frozen=True)
class ReadModel(Generic[R, E]):
    """One table. `row` is a frozen dataclass whose first field is the key and whose annotations
    are the columns; `fold` gives the next row, or None for none. No clock, no joins.

    `of` is a class or a union `A | B`: the events it is about, it is given no others; None stands
    for all. `key` names the row that one of them speaks of, or None when it says nothing here.
    `subject` names the column of the person of whom a row says something that goes with them: when
    they are erased, their rows are removed. Such a model has no tally.
    """

    name: str
    row: type[R]
    fold: Callable[[R | None, Recorded[E]], R | None]
    key: Callable[[Recorded[E]], UUID | None] = own_stream
    of: Any = None
    indexes: tuple[str, ...] = ()
    tally: Tally[R] | None = None
    subject: str | None = None

    @cached_property
    def interest(self) -> Interest:
        """The types of events it is about."""
        return Interest.of(self.of)

    def row_of(self, recorded: Recorded[Any]) -> UUID | None:
        """The key of the row that an event of the log speaks of."""
        return self.key(recorded) if self.interest[type(recorded.event)] else None
