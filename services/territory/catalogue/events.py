"""What can have happened to the dispatch catalogue. The union is the catalogue of them.

A category is a path of up to three levels with `/` between; a route speaks of all below it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.organisation import Route
from shared.core.messages import Event


class RouteRow(BaseModel):
    """A route that is set; one that is taken out where no unit is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: str
    territory: str
    unit: str | None = None


class CategoriesDefined(Event):
    """These are all categories from now on, sorted."""

    type: Literal["categories-defined"] = "categories-defined"
    district: str
    paths: tuple[str, ...]


class RoutesSet(Event):
    """These routes of the draft changed; the others are as they were."""

    type: Literal["routes-set"] = "routes-set"
    district: str
    rows: tuple[RouteRow, ...]


class CataloguePublished(Event):
    """The draft became version `number`, which counts from then on."""

    type: Literal["catalogue-published"] = "catalogue-published"
    number: int
    district: str
    categories: tuple[str, ...]
    routes: tuple[Route, ...]


CatalogueEvent = Annotated[
    CategoriesDefined | RoutesSet | CataloguePublished, Field(discriminator="type")
]
