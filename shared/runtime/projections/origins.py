"""Where the events of a read model come from, as a rebuild needs to know it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import NamedTuple, Protocol

from shared.runtime.projections.applying import Entry
from shared.runtime.projections.folding import Model
from shared.store.pool import Connection, Pool

PAGE = 2_000

# A position for every partition; a service's own log has one.
Mark = Mapping[int, int]


class Step(NamedTuple):
    """The next events in order, and how far they lead."""

    entries: Sequence[Entry]
    mark: Mark


class Origin(Protocol):
    """A read model, and the events that it is kept from."""

    @property
    def pool(self) -> Pool:
        """The database that the model lives in."""

    @property
    def model(self) -> Model:
        """The model."""

    @property
    def source(self) -> str:
        """The log that the events are of."""

    async def live(self, connection: Connection, *, hold: bool = False) -> Mark:
        """Where the live model stands; with `hold`, until this transaction ends."""

    def steps(self, after: Mark, until: Mark) -> AsyncGenerator[Step, None]:
        """Everything past `after` up to `until`."""


def left(after: Mark, until: Mark) -> int:
    """How many positions lie between, in the partition that is furthest behind."""
    return max((position - after.get(number, 0) for number, position in until.items()), default=0)
