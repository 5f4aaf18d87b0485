"""What the territory service tells others: the map, and who is known by which id. No names of
people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.erasure import SubjectErased
from shared.contracts.households import HouseholdContract
from shared.contracts.organisation import OrganisationContract
from shared.contracts.residents import ResidentContract
from shared.contracts.source import Source
from shared.core.atlas.kinds import Kind
from shared.core.catalogue import Catalogue
from shared.core.messages import Event


class TerritoryRegistered(Event):
    """A territory came onto the map; only the district lies in no other."""

    type: Literal["territory-registered"] = "territory-registered"
    code: str
    kind: Kind
    name: str
    parent: str | None = None


class TerritoryRenamed(Event):
    """It is called otherwise from now on."""

    type: Literal["territory-renamed"] = "territory-renamed"
    code: str
    name: str


class TerritoryMoved(Event):
    """It lies in another territory from now on, with all that lies in it."""

    type: Literal["territory-moved"] = "territory-moved"
    code: str
    parent: str


class TerritoryAssignedToBlock(Event):
    """It became a member of a block."""

    type: Literal["territory-assigned-to-block"] = "territory-assigned-to-block"
    code: str
    block: str


class TerritoryLeftBlock(Event):
    """It is no member of that block any more."""

    type: Literal["territory-left-block"] = "territory-left-block"
    code: str
    block: str


class TerritoriesMerged(Event):
    """Several of one kind became the one of this `code`, with all that lay in them."""

    type: Literal["territories-merged"] = "territories-merged"
    codes: tuple[str, ...]
    code: str
    kind: Kind
    name: str
    parent: str


class Part(BaseModel):
    """One of the territories that a split makes, and what of the old one goes into it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    takes: tuple[str, ...]


class TerritorySplit(Event):
    """One became several, and everything that lay in it lies in one of them."""

    type: Literal["territory-split"] = "territory-split"
    code: str
    kind: Kind
    parent: str
    parts: tuple[Part, ...]


class TerritoryClosed(Event):
    """It is off the map, and nothing took its place."""

    type: Literal["territory-closed"] = "territory-closed"
    code: str


MapContract = (
    TerritoryRegistered
    | TerritoryRenamed
    | TerritoryMoved
    | TerritoryAssignedToBlock
    | TerritoryLeftBlock
    | TerritoriesMerged
    | TerritorySplit
    | TerritoryClosed
)
TerritoryContract = Annotated[
    MapContract | HouseholdContract | ResidentContract | OrganisationContract | SubjectErased,
    Field(discriminator="type"),
]
TERRITORY = Source(
    service="territory",
    log="territory",
    topic="linli.territory.v1",
    events=Catalogue.of(TerritoryContract),
)
