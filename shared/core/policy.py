"""Policies: when this has happened, that is asked for. Pure; the runtime asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from shared.core.decider import Decider
from shared.core.envelope import Recorded
from shared.core.messages import Command, Event

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Reaction:
    """A command to one stream of this service's own log."""

    decider: Decider[Any, Any, Any]
    stream_id: UUID
    command: Command


@dataclass(frozen=True)
class Policy(Generic[E]):
    """`when_x_then_y`. Events of imported histories are never reacted to.

    `of` is a class or a union `A | B`: the events it reacts to, it is given no others; None stands
    for all.
    `starts`: with the first event of the log there is, or with those after its first deployment.
    """

    name: str
    starts: Literal["beginning", "now"]
    react: Callable[[Recorded[E]], Sequence[Reaction]]
    of: Any = None
