"""What people may ask of the dispatch catalogue. `district` is whose catalogue it is."""

from __future__ import annotations

from dataclasses import dataclass

from services.territory.catalogue.events import RouteRow
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class DefineCategories(Command):
    """Let these be all categories of the draft."""

    district: str
    paths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SetRoutes(Command):
    """Set these routes of the draft, and take out those without a unit."""

    district: str
    rows: tuple[RouteRow, ...]


@dataclass(frozen=True, kw_only=True)
class PublishCatalogue(Command):
    """Make the draft the version that counts. `gone` are the units that are dissolved."""

    district: str
    gone: frozenset[str] = frozenset()


CatalogueCommand = DefineCategories | SetRoutes | PublishCatalogue
