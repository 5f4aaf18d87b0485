"""What the territory service tells others of residents: ids and where they live.

Never a name or a contact, sealed or not, never who is related to whom, never what care they need.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.core.messages import Event


class ResidentRegistered(Event):
    """A person is known by the id of this stream from now on."""

    type: Literal["resident-registered"] = "resident-registered"
    building: str
    household: UUID | None = None


class ResidentMoved(Event):
    """They live in another home of the district from now on."""

    type: Literal["resident-moved"] = "resident-moved"
    building: str
    household: UUID | None = None


class ResidentLeft(Event):
    """They live in the district no more."""

    type: Literal["resident-left"] = "resident-left"


class ResidentReturned(Event):
    """They live in the district again."""

    type: Literal["resident-returned"] = "resident-returned"
    building: str
    household: UUID | None = None


class DoublesMerged(Event):
    """The person of this stream was registered twice; `into` is the id that they keep."""

    type: Literal["doubles-merged"] = "doubles-merged"
    into: UUID


ResidentContract = (
    ResidentRegistered | ResidentMoved | ResidentLeft | ResidentReturned | DoublesMerged
)
