"""What a change of the dispatch catalogue must hold to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from services.territory.catalogue.commands import DefineCategories, PublishCatalogue, SetRoutes
from services.territory.catalogue.state import Draft
from shared.contracts.dispatch_catalogue import BETWEEN, LEVELS, lineage
from shared.core.messages import Rejected

# A version travels as one message: a broker takes a million bytes, and its envelope some of them.
MOST_BYTES = 900_000
ROW = len('{"category":"","territory":"","unit":""},')

Routes = Mapping[tuple[str, str], str]


def definable(draft: Draft, command: DefineCategories) -> tuple[str, ...]:
    """The categories, sorted. Raises Rejected for a path that is none, one that is there twice,
    and while routes speak of a category that would be gone."""
    in_order(draft, command.at)
    seen: set[str] = set()
    for number, path in enumerate(command.paths):
        field = f"paths/{number}"
        levels = path.split(BETWEEN)
        if not 1 <= len(levels) <= LEVELS or any(one.strip() != one or not one for one in levels):
            detail = f"{path!r}: one to {LEVELS} levels with {BETWEEN} between, none of them empty"
            raise Rejected("not_a_category", detail, field)
        if path in seen:
            raise Rejected("category_twice", f"{path} is there twice", field)
        seen.add(path)
    routed = sorted({category for category, _ in draft.routes} - known(seen))
    if routed:
        detail = f"routes speak of {', '.join(routed[:5])}: take those out first"
        raise Rejected("still_routed", detail, "paths")
    paths = tuple(sorted(seen))
    fits(paths, draft.routes, "paths")
    return paths


def settable(draft: Draft, command: SetRoutes) -> Routes:
    """The routes after it. Raises Rejected for an unknown category, a route that is named twice,
    and one to take out that is not there."""
    in_order(draft, command.at)
    routes = dict(draft.routes)
    named: set[tuple[str, str]] = set()
    for number, row in enumerate(command.rows):
        place = (row.category, row.territory)
        if row.category not in draft.known:
            detail = f"there is no category {row.category!r} in the catalogue"
            raise Rejected("unknown_category", detail, f"rows/{number}/category")
        if place in named:
            detail = f"{row.category} in {row.territory} is named twice"
            raise Rejected("route_twice", detail, f"rows/{number}")
        named.add(place)
        if row.unit is not None:
            routes[place] = row.unit
        elif routes.pop(place, None) is None:
            detail = f"{row.category} in {row.territory} has no route"
            raise Rejected("no_such_route", detail, f"rows/{number}")
    fits(draft.paths, routes, "rows")
    return routes


def publishable(draft: Draft, command: PublishCatalogue) -> None:
    """Raises Rejected for a draft without routes, without news, or with units that are gone."""
    in_order(draft, command.at)
    if draft.published is not None and command.at <= draft.published:
        detail = f"version {draft.number} counts since {draft.published.isoformat()}"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    if not draft.routes:
        raise Rejected("no_routes", "set routes before publishing")
    if not draft.fresh:
        detail = f"nothing has changed since version {draft.number}"
        raise Rejected("published_already", detail)
    gone = sorted(set(draft.routes.values()) & command.gone)
    if gone:
        detail = f"routes lead to dissolved units: {', '.join(gone[:10])}"
        raise Rejected("dissolved_unit", detail)


def in_order(draft: Draft, at: datetime) -> None:
    """Raises Rejected for what happened before the last change of the draft."""
    if draft.changed is not None and at < draft.changed:
        detail = f"the draft was changed at {draft.changed.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


def fits(paths: Iterable[str], routes: Routes, field: str) -> None:
    """Raises Rejected for a catalogue that no message can carry."""
    size = sum(len(path.encode()) + 3 for path in paths)
    for (category, territory), unit in routes.items():
        size += ROW + len(category.encode()) + len(territory) + len(unit)
    if size > MOST_BYTES:
        detail = f"{size} bytes; a catalogue has at most {MOST_BYTES}: route wider categories"
        raise Rejected("catalogue_too_large", detail, field)


def known(paths: Iterable[str]) -> frozenset[str]:
    """These categories and all they lie in."""
    return frozenset(one for path in paths for one in lineage(path))
