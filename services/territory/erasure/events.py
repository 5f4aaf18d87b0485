"""What can have happened to an erasure. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.core.messages import Event
from shared.core.person.words import ErasureReason


class ErasureAsked(Event):
    """All `services` have to erase this person; `kept` is the id by which they were asked for."""

    type: Literal["erasure-asked"] = "erasure-asked"
    subject: UUID
    kept: UUID
    territory: str
    services: tuple[str, ...]
    reason: ErasureReason


class ErasureAnswered(Event):
    """That service has erased them."""

    type: Literal["erasure-answered"] = "erasure-answered"
    subject: UUID
    service: str


class ErasureCompleted(Event):
    """All services that were asked have answered."""

    type: Literal["erasure-completed"] = "erasure-completed"
    subject: UUID


ErasureFact = ErasureAsked | ErasureAnswered | ErasureCompleted
ErasureEvent = Annotated[ErasureFact, Field(discriminator="type")]
