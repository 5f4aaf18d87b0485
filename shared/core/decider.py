"""The unit of domain rules: two plain functions and an initial state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.messages import Command, Event

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Decider(Generic[C, S, E]):
    """One aggregate. `decide` may raise Rejected; `evolve` answers every event and never refuses.

    `territory` names the finest territory known once an event has happened. `concerns` says what a
    command is about; without it, that is the aggregate where it lies. `seen` says whether whoever
    saw a version has seen all that somebody did: what only time brought about changes nobody's
    mind. Without it, that is the last version alone.
    """

    category: str
    initial: S
    decide: Callable[[C, S], Sequence[E]]
    evolve: Callable[[S, E], S]
    territory: Callable[[S], str]
    events: Catalogue[E]
    concerns: Callable[[C, S], Thing] | None = None
    seen: Callable[[S, int], bool] | None = None

    def is_seen(self, state: S, version: int, last: int) -> bool:
        """Whether a decision made at `version` is one on this state, that of version `last`."""
        return version == last or (
            self.seen is not None and version < last and self.seen(state, version)
        )

    def about(self, command: C, state: S) -> Thing:
        """What the command is about: who may ask it depends on that."""
        if self.concerns is not None:
            return self.concerns(command, state)
        territory = self.territory(state)
        return Thing((territory,) if territory else ())

    def fold(self, events: Iterable[E]) -> S:
        """The state after these events, in the order given."""
        state, evolve = self.initial, self.evolve
        for event in events:
            state = evolve(state, event)
        return state
