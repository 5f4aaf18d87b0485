"""Erasure between services: what one tells when it has erased a person, and what the others do.

Every service that keeps keys publishes this contract, in its own log: to those that are asked it
is the asking, to the one that asked it is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.messages import Actor, Event
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.stream import stream_of
from shared.core.person.words import ErasureReason
from shared.core.policy import Reaction


class SubjectErased(Event):
    """This service has put on record that the person's key is to be destroyed, for ever."""

    type: Literal["subject-erased"] = "subject-erased"
    subject: UUID
    reason: ErasureReason


def policy_actor(territory: str) -> Actor:
    """Who asks where a policy does, for that territory."""
    return Actor(id="policy", roles=frozenset({"service"}), territory=territory)


def erase_here(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """Whoever was erased there is erased here, known here or not; for whom that was done already,
    nothing happens."""
    event = recorded.event
    if not isinstance(event, SubjectErased):
        return []
    command = EraseSubject(
        at=recorded.occurred_at,
        actor=policy_actor(recorded.territory),
        subject=event.subject,
        reason=event.reason,
    )
    return [Reaction(person, stream_of(event.subject), command)]
