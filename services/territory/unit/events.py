"""What can have happened to a unit. The union is the catalogue.

`linked` and `pledge` name an earlier event of the unit by its version. Money is in fen.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from services.territory.unit.words import Aid, Linkage, Pledged, UnitKind
from shared.core.messages import Event


class UnitFormed(Event):
    """A unit of this code came to be; its code stays, whatever it lies under."""

    type: Literal["unit-formed"] = "unit-formed"
    code: str
    kind: UnitKind
    name: str
    territory: str
    parent: str | None = None


class UnitNested(Event):
    """It lies under another unit from now on; under none where `parent` is absent."""

    type: Literal["unit-nested"] = "unit-nested"
    code: str
    parent: str | None = None


class UnitDissolved(Event):
    """It is no more."""

    type: Literal["unit-dissolved"] = "unit-dissolved"
    code: str
    territory: str


class UnitLinked(Event):
    """It has a part in a grid or another territory from now on."""

    type: Literal["unit-linked"] = "unit-linked"
    code: str
    territory: str
    linkage: Linkage


class UnitUnlinked(Event):
    """It has that part no more."""

    type: Literal["unit-unlinked"] = "unit-unlinked"
    code: str
    territory: str
    linkage: Linkage
    linked: int


class PledgeMade(Event):
    """It promised this, until the day `due` (`2026-05-01`)."""

    type: Literal["pledge-made"] = "pledge-made"
    code: str
    what: Pledged
    amount_fen: int | None = None
    due: str | None = None


class PledgeFulfilled(Event):
    """What it promised is done."""

    type: Literal["pledge-fulfilled"] = "pledge-fulfilled"
    code: str
    pledge: int


class AidGiven(Event):
    """It gave this, for a pledge or without one."""

    type: Literal["aid-given"] = "aid-given"
    code: str
    kind: Aid
    amount_fen: int | None = None
    pledge: int | None = None


UnitEvent = Annotated[
    UnitFormed
    | UnitNested
    | UnitDissolved
    | UnitLinked
    | UnitUnlinked
    | PledgeMade
    | PledgeFulfilled
    | AidGiven,
    Field(discriminator="type"),
]
