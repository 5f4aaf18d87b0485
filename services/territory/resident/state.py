"""A person as the rules of the register see them: no more than a decision asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.territory.words import CareTag, Purpose, Relation, ResidentStatus


@dataclass(frozen=True)
class Resident:
    """`since` is when they began to live in `building`, or when they left; `places` are all
    buildings they ever lived in; `into` is the id of one who was registered twice, `doubles` are
    the ids that mean this one, too."""

    status: ResidentStatus = "new"
    person: UUID | None = None
    building: str = ""
    household: UUID | None = None
    since: datetime | None = None
    places: tuple[str, ...] = ()
    relatives: Mapping[UUID, Relation] = field(default_factory=dict)
    purposes: tuple[Purpose, ...] = ()
    tags: tuple[CareTag, ...] = ()
    into: UUID | None = None
    doubles: tuple[UUID, ...] = ()

    @property
    def owner(self) -> str | None:
        """Whose own this is: residents are known to the token issuer by their ids here."""
        return str(self.person) if self.person else None
