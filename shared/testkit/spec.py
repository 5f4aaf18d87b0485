"""Given, when, then: a decider's rules as its users would tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from shared.core.decider import Decider
from shared.core.messages import Command, Event, Rejected


@dataclass(frozen=True)
class When:
    """A command put to a state."""

    decider: Decider[Any, Any, Any]
    past: Sequence[Event]
    command: Command

    def then(self, *expected: Event) -> None:
        """Exactly these events happen, compared whole."""
        state = self.decider.fold(self.past)
        assert list(self.decider.decide(self.command, state)) == list(expected)

    def rejected(self, code: str) -> Rejected:
        """Nothing happens; the refusal is returned for a closer look."""
        state = self.decider.fold(self.past)
        with pytest.raises(Rejected) as refused:
            self.decider.decide(self.command, state)
        assert refused.value.code == code
        return refused.value


@dataclass(frozen=True)
class Given:
    """A past."""

    decider: Decider[Any, Any, Any]
    past: Sequence[Event]

    def when(self, command: Command) -> When:
        """Put a command to the state that this past leads to."""
        return When(self.decider, self.past, command)


@dataclass(frozen=True)
class Spec:
    """Specifications of one decider: `given(…).when(…).then(…)`."""

    decider: Decider[Any, Any, Any]

    def __call__(self, *past: Event) -> Given:
        """Begin with these events."""
        return Given(self.decider, past)
