"""What can have happened to a seat. The union is the catalogue.

`role` and `place` name the seat: the place is a territory, or a unit, as the role has it;
`territory` is where that is. `filled` and `taken` name an earlier event of the seat by its version.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.territory.post.seats import Seating
from shared.core.messages import Event


class PostFilled(Event):
    """A person holds the post from then on; no longer than `until`, where a term is set."""

    type: Literal["post-filled"] = "post-filled"
    role: Seating
    place: str
    territory: str
    holder: UUID
    until: AwareDatetime | None = None


class PostVacated(Event):
    """The holding that event `filled` began is over."""

    type: Literal["post-vacated"] = "post-vacated"
    role: Seating
    place: str
    territory: str
    holder: UUID
    filled: int


class LeaveTaken(Event):
    """The holder is away from `since` to `until`; the delegate stands in, where one is named."""

    type: Literal["leave-taken"] = "leave-taken"
    role: Seating
    place: str
    territory: str
    holder: UUID
    filled: int
    since: AwareDatetime
    until: AwareDatetime
    delegate: UUID | None = None


class LeaveEnded(Event):
    """The leave that event `taken` began was over at `until`, before its time."""

    type: Literal["leave-ended"] = "leave-ended"
    role: Seating
    place: str
    territory: str
    holder: UUID
    taken: int
    until: AwareDatetime


PostEvent = Annotated[
    PostFilled | PostVacated | LeaveTaken | LeaveEnded, Field(discriminator="type")
]
