"""What a command needs beside its form: the streams it touches, and what it has to know of
others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.territory.service import Territory
from shared.core.decider import Decider
from shared.core.messages import Command, Event
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Target

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Prepared:
    """The fields of the command, and its targets, the first of which is what changes. `decide`
    gets the command and the states of all; without it the first target's decider decides."""

    told: Told
    targets: tuple[Target, ...]
    decide: Callable[[Any, Sequence[Any]], Sequence[Event]] | None = None


Prepare = Callable[[Territory, Told], Awaitable[Prepared]]


@dataclass(frozen=True)
class Step:
    """`POST <path>` with this form becomes this command; `named` is the command's field for a
    `{code}` in the path."""

    path: str
    form: type[Any]
    command: type[Command]
    prepare: Prepare
    named: str = "code"


def target(decider: Decider[Any, Any, Any], *names: str) -> Target:
    """The stream of an aggregate of this name."""
    return Target(decider, derived(decider.category, *names))
