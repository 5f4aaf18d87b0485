"""The one place where it is checked that an actor may ask what they ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.core.access import Access, Within, action_of
from shared.core.decider import Decider
from shared.core.messages import Command

Guard = Callable[[Command, Decider[Any, Any, Any], Any], None]


def guarded(access: Access, within: Within) -> Guard:
    """Checks every command against the table, by where the aggregate says it would take effect.

    It is called with the state that is decided on, so nobody slips in between.
    """

    def check(command: Command, decider: Decider[Any, Any, Any], state: Any) -> None:
        thing = decider.about(command, state)
        access.check(command.actor, action_of(type(command)), thing, within)

    return check


def unguarded(command: Command, decider: Decider[Any, Any, Any], state: Any) -> None:
    """Lets everyone ask everything: for logs that no table speaks of."""
