"""The dispatch catalogue as a read model, and what it proposes: kept by its owner and by every
service that dispatches, folded from the log or from the topic: the same rows.

**Precedence: the finest category first, then the finest territory.** Whoever writes a route for a
finer category means to take it out of what is more general, wherever that is: lamps go to the
lamp office of the district although the community has an office for all of its public works. An
exception of one community is written for that category.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shared.contracts.organisation import CataloguePublished
from shared.contracts.territory import TERRITORY
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event

TYPE: str = CataloguePublished.model_fields["type"].default
LEVELS = 3
BETWEEN = "/"


class Proposal(NamedTuple):
    """The unit a case would go to, and by which version of the catalogue."""

    unit: str
    version: int


@dataclass(frozen=True)
class DispatchCatalogue:
    """One published version; `routes` are units by category and territory."""

    version: int
    starts_at: datetime
    categories: frozenset[str]
    routes: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class DispatchCatalogueRow:
    """One version; `payload` is the contract's, as on the topic."""

    event_id: UUID
    version: int
    starts_at: datetime
    schema_version: int
    categories: int
    routes: int
    payload: bytes


def proposed(
    catalogue: DispatchCatalogue | None, category: str, above: Sequence[str]
) -> Proposal | None:
    """The unit of a case of this category in `above[0]`, which lies in `above[1]`, and so on up.

    Of the routes that hold there, the one of the finest category counts, and of those of one
    category the one of the finest territory. None without a version or without a route.
    """
    if catalogue is None:
        return None
    for wider in lineage(category):
        for territory in above:
            unit = catalogue.routes.get((wider, territory))
            if unit is not None:
                return Proposal(unit, catalogue.version)
    return None


def lineage(category: str) -> Iterator[str]:
    """A category and those it lies in, the finest first."""
    levels = category.split(BETWEEN)
    for length in range(len(levels), 0, -1):
        yield BETWEEN.join(levels[:length])


def in_force(versions: Sequence[DispatchCatalogue], moment: datetime) -> DispatchCatalogue | None:
    """The version that held at that moment; None before the first."""
    begun = [one for one in versions if one.starts_at <= moment]
    return max(begun, key=lambda one: one.starts_at, default=None)


def drawn(published: CataloguePublished) -> DispatchCatalogue:
    """The catalogue that a contract tells of."""
    return DispatchCatalogue(
        version=published.number,
        starts_at=published.at,
        categories=frozenset(one for path in published.categories for one in lineage(path)),
        routes={(route.category, route.territory): route.unit for route in published.routes},
    )


def read(schema_version: int, payload: bytes, starts_at: datetime) -> DispatchCatalogue:
    """The catalogue of a row."""
    return drawn(TERRITORY.events.decode(TYPE, schema_version, payload, starts_at))


def fold(_: DispatchCatalogueRow | None, recorded: Recorded[Any]) -> DispatchCatalogueRow:
    """The row of this version. Raises TypeError for any other event."""
    contract = TERRITORY.narrowed(recorded.event)
    if not isinstance(contract, CataloguePublished):
        raise TypeError(f"{recorded.event.type} is no catalogue")
    return DispatchCatalogueRow(
        event_id=own_event(recorded),
        version=contract.number,
        starts_at=contract.at,
        schema_version=contract.schema_version,
        categories=len(contract.categories),
        routes=len(contract.routes),
        payload=TERRITORY.events.encode(contract),
    )


dispatch_catalogue: ReadModel[DispatchCatalogueRow, Any] = ReadModel(
    name="dispatch_catalogue",
    row=DispatchCatalogueRow,
    fold=fold,
    key=own_event,
    of=CataloguePublished,
    indexes=("(starts_at)",),
)
