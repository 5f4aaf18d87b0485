"""What people may ask of a post. `place` names a territory or a unit, as the role has it;
`territory` is where that is, and `kind` what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.territory.post.seats import Seating
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class FillPost(Command):
    """Give the post to a person from `at` on; to `until` where it ends."""

    role: Seating
    place: str
    territory: str
    kind: str
    holder: UUID
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class VacatePost(Command):
    """Let what this person holds at `at` end then."""

    role: Seating
    place: str
    territory: str
    holder: UUID


@dataclass(frozen=True, kw_only=True)
class TakeLeave(Command):
    """Put on record that the holder is away; a post of one holder needs a delegate."""

    role: Seating
    place: str
    territory: str
    holder: UUID
    since: datetime
    until: datetime
    delegate: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EndLeave(Command):
    """Put on record that the holder is back at `at`; a leave to come is called off."""

    role: Seating
    place: str
    territory: str
    holder: UUID


PostCommand = FillPost | VacatePost | TakeLeave | EndLeave
