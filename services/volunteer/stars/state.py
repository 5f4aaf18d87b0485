"""A person's stars as they are decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from services.volunteer.stars.events import StarApplied
from services.volunteer.stars.words import StarStatus

Verdict = Literal["open", "upheld", "dismissed"]


@dataclass(frozen=True)
class Award:
    """A star that was awarded, for which `needs` minutes were asked, of a `year` or of a life; None
    where nobody knows what it took."""

    star: int
    needs: int | None
    year: str | None = None


@dataclass(frozen=True)
class Doubt:
    """What is left of the minutes that the star held was awarded for, and how many those were."""

    minutes: int
    needs: int


@dataclass(frozen=True)
class Application:
    """What was applied for; `until` is the last day of its notice, `objections` are by number."""

    told: StarApplied
    until: str | None = None
    objections: Mapping[int, Verdict] = field(default_factory=dict)


@dataclass(frozen=True)
class Stars:
    """`awards` from the first to the one that is held; `version` counts the events."""

    status: StarStatus = "none"
    version: int = 0
    person: UUID | None = None
    territory: str = ""
    awards: tuple[Award, ...] = ()
    doubt: Doubt | None = None
    application: Application | None = None

    @property
    def held(self) -> int:
        """The star that the person holds; 0 for none."""
        return self.awards[-1].star if self.awards else 0

    @property
    def owner(self) -> str | None:
        """Whose own this is: people are known to the token issuer by their ids here."""
        return str(self.person) if self.person else None
