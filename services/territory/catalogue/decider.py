"""The life of the catalogue: drafted, and published version after version."""

from __future__ import annotations

from typing import Any, assert_never

from services.territory.catalogue import rules
from services.territory.catalogue.commands import (
    CatalogueCommand,
    DefineCategories,
    PublishCatalogue,
    SetRoutes,
)
from services.territory.catalogue.events import (
    CatalogueEvent,
    CataloguePublished,
    CategoriesDefined,
    RoutesSet,
)
from services.territory.catalogue.state import Draft
from services.territory.catalogue.upcasters import UPCASTERS
from shared.contracts.organisation import Route
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.state import replace


def decide(command: CatalogueCommand, draft: Draft) -> list[CatalogueEvent]:
    """The events a command leads to. Raises Rejected."""
    told: dict[str, Any] = {
        "at": command.at,
        "late_reason": command.late_reason,
        "district": command.district,
    }
    match command:
        case DefineCategories():
            return [CategoriesDefined(**told, paths=rules.definable(draft, command))]
        case SetRoutes(rows=rows):
            rules.settable(draft, command)
            return [RoutesSet(**told, rows=rows)]
        case PublishCatalogue():
            rules.publishable(draft, command)
            return [_published(draft, told)]
        case _:
            assert_never(command)


def _published(draft: Draft, told: dict[str, Any]) -> CataloguePublished:
    routes = tuple(
        Route(category=category, territory=territory, unit=unit)
        for (category, territory), unit in sorted(draft.routes.items())
    )
    return CataloguePublished(
        **told, number=draft.number + 1, categories=draft.paths, routes=routes
    )


def evolve(draft: Draft, event: CatalogueEvent) -> Draft:
    """The draft after the event."""
    at = event.at
    draft = replace(draft, district=event.district, changed=at, fresh=True)
    match event:
        case CategoriesDefined(paths=paths):
            return replace(draft, paths=paths, known=rules.known(paths))
        case RoutesSet(rows=rows):
            routes = draft.routes.mutate()
            for row in rows:
                if row.unit is None:
                    routes.pop((row.category, row.territory), None)
                else:
                    routes[row.category, row.territory] = row.unit
            return replace(draft, routes=routes.finish())
        case CataloguePublished(number=number):
            return replace(draft, number=number, published=at, fresh=False)
        case _:
            assert_never(event)


catalogue: Decider[CatalogueCommand, Draft, CatalogueEvent] = Decider(
    category="catalogue",
    initial=Draft(),
    decide=decide,
    evolve=evolve,
    territory=lambda draft: draft.district,
    events=Catalogue.of(CatalogueEvent, UPCASTERS),
    concerns=lambda command, _: Thing((command.district,)),
)
