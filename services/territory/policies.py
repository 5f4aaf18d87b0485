"""What the territory service does because of others' contracts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.territory.erasure import stream
from services.territory.erasure.commands import NoteAnswer
from services.territory.erasure.decider import erasure
from shared.contracts.erasure import SubjectErased, policy_actor
from shared.core.envelope import Recorded
from shared.core.policy import Policy, Reaction


def when_a_service_has_erased_then_note_its_answer(service: str) -> Policy[Any]:
    """The policy for the contracts of this service; one each, for each has cursors of its own."""

    def react(recorded: Recorded[Any]) -> Sequence[Reaction]:
        event = recorded.event
        if not isinstance(event, SubjectErased):
            return []
        command = NoteAnswer(
            at=recorded.occurred_at,
            actor=policy_actor(recorded.territory),
            subject=event.subject,
            service=service,
        )
        return [Reaction(erasure, stream.stream_of(event.subject), command)]

    name = f"when_{service}_has_erased_then_note_its_answer"
    return Policy(name=name, starts="beginning", react=react, of=SubjectErased)
