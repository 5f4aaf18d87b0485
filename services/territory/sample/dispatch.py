"""The dispatch catalogue of the sample, in two versions."""

from __future__ import annotations

from collections.abc import Iterator

from services.territory.catalogue.commands import (
    CatalogueCommand,
    DefineCategories,
    PublishCatalogue,
    SetRoutes,
)
from services.territory.catalogue.decider import catalogue
from services.territory.catalogue.events import RouteRow
from services.territory.catalogue.stream import CATALOGUE
from services.territory.sample import departments
from services.territory.sample.categories import (
    BY_COMMUNITY,
    BY_STREET,
    EXCEPTIONS,
    ROUTES,
    paths,
)
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import DISTRICT, STREETS
from services.territory.sample.shape import Shape
from services.territory.sample.telling import Telling, told
from shared.runtime.commands.submission import Target

FIRST, SECOND = day("2020-06-01"), day("2024-03-01")


def tellings(district: Shape) -> Iterator[Telling]:
    """The one there is."""
    yield told("catalogue", Target(catalogue, CATALOGUE), list(_commands(district)))


def _commands(district: Shape) -> Iterator[CatalogueCommand]:
    yield DefineCategories(at=FIRST, district=DISTRICT, paths=tuple(paths()), **MEANT)
    rows = tuple(_rows(district))
    yield SetRoutes(at=FIRST, district=DISTRICT, rows=rows, **MEANT)
    yield PublishCatalogue(at=FIRST, district=DISTRICT, **MEANT)
    finer = tuple(_route(path, DISTRICT, unit) for path, unit in EXCEPTIONS.items())
    yield SetRoutes(at=SECOND, district=DISTRICT, rows=finer, **MEANT)
    yield PublishCatalogue(at=SECOND, district=DISTRICT, **MEANT)


def _rows(district: Shape) -> Iterator[RouteRow]:
    for path, unit in ROUTES.items():
        yield _route(path, DISTRICT, unit)
    for street in STREETS:
        for path in BY_STREET:
            yield _route(path, street.code, departments.police(street.code))
    for one in district.communities:
        for path in BY_COMMUNITY:
            yield _route(path, one.code, departments.centre(one.code))


def _route(path: str, territory: str, unit: str) -> RouteRow:
    return RouteRow(category=path, territory=territory, unit=unit)
