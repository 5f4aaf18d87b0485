"""The register of residents, as far as tests know it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from services.volunteer.kinship import Bond, Register
from services.volunteer.words import Relation
from shared.runtime.web.problems import Problem


class Kin(Register):
    """Who is what to whom; `elders` are as old as the rules ask; so many have `needs`, anywhere."""

    def __init__(
        self,
        bonds: Mapping[tuple[UUID, UUID], Relation],
        elders: frozenset[UUID] = frozenset(),
        needs: Mapping[str, int] | None = None,
    ) -> None:
        self.bonds = bonds
        self.elders = elders
        self.needs = needs or {}

    async def bond(self, person: UUID, other: UUID, age: int | None = None) -> Bond:
        """What `other` is to `person`."""
        return Bond(self.bonds.get((person, other)), age is not None and person in self.elders)

    async def care(self, territory: str) -> Mapping[str, int]:
        """How many need which care."""
        return self.needs


class Away(Register):
    """A register that does not answer."""

    def __init__(self) -> None:
        pass

    async def bond(self, person: UUID, other: UUID, age: int | None = None) -> Bond:
        """Raises Problem (503)."""
        raise Problem(503, "register_away", "the register does not answer")

    async def care(self, territory: str) -> Mapping[str, int]:
        """Raises Problem (503)."""
        raise Problem(503, "register_away", "the register does not answer")
