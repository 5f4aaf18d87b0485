"""What two people are to each other, by the register of the territory service."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.words import Relation
from shared.runtime.web.problems import Problem


@dataclass(frozen=True)
class Bond:
    """`relation`: what the other is to the person, None for nothing. `elder`: whether the person is
    as old as the rules ask."""

    relation: Relation | None
    elder: bool


class Register:
    """Asks the register."""

    async def bond(self, person: UUID, other: UUID) -> Bond:
        """What `other` is to `person`. Raises Problem (503) when the register does not answer."""
        raise Problem(503, "register_away", "the register of residents does not answer; try again")
