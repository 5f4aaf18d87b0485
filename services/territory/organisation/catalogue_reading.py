"""Entrypoint: the dispatch catalogue and what it proposes, read over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.territory.access import ACCESS
from services.territory.caller import Called, Caller
from services.territory.organisation import asked, telling
from services.territory.organisation.filters import Filter, ProposalFilter
from shared.contracts.dispatch_catalogue import proposed
from shared.core.access import Reach
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

router = APIRouter()


@router.get("/catalogue", response_model=telling.CatalogueView, operation_id="read_catalogue")
async def read_catalogue(caller: Called, wanted: Annotated[Filter, Query()]) -> Response:
    """The version of the dispatch catalogue that counts, now or at another time."""
    _may(caller, "read_catalogue")
    mark = await caller.service.catalogues.reach(wanted.min_position)
    found = await caller.service.catalogues.at(wanted.moment())
    if found is None:
        raise Problem(404, "no_catalogue", "no catalogue was published by then")
    routes = [
        {"category": category, "territory": territory, "unit": unit}
        for (category, territory), unit in sorted(found.routes.items())
    ]
    view = {
        "version": found.version,
        "starts_at": found.starts_at,
        "categories": sorted(found.categories),
        "routes": routes,
        "watermark": mark.model_dump(),
    }
    return answer_with(view)


@router.get(
    "/catalogue/versions", response_model=telling.Versions, operation_id="read_catalogue_versions"
)
async def read_catalogue_versions(caller: Called, wanted: Annotated[Filter, Query()]) -> Response:
    """What was published when, and until when it counted."""
    _may(caller, "read_catalogue_versions")
    mark = await caller.service.catalogues.reach(wanted.min_position)
    versions = await caller.service.catalogues.versions()
    items = [line for line in versions if line["starts_at"] <= wanted.moment()]
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get(
    "/catalogue/proposal", response_model=telling.ProposalView, operation_id="read_proposal"
)
async def read_proposal(caller: Called, wanted: Annotated[ProposalFilter, Query()]) -> Response:
    """The unit that a case of this category in this territory would go to: the route of the finest
    category, and of those the one of the finest territory."""
    _may(caller, "read_proposal")
    mark = await caller.service.catalogues.reach(wanted.min_position)
    await caller.service.map.reach(wanted.min_position)
    where = asked.territory(caller, wanted.territory).code
    found = await caller.service.catalogues.at(wanted.moment())
    if found is not None and wanted.category not in found.categories:
        detail = f"there is no category {wanted.category} in version {found.version}"
        errors = [{"detail": detail, "pointer": "/category"}]
        raise Problem(422, "unknown_category", detail, errors=errors)
    above = caller.service.map.boundaries(wanted.moment()).above(where)
    proposal = proposed(found, wanted.category, above)
    unit, version = proposal or (None, found.version if found else None)
    return answer_with({"unit": unit, "version": version, "watermark": mark.model_dump()})


def _may(caller: Caller, action: str) -> None:
    ACCESS.reach(caller.actor, action, Reach(), caller.service.map.within)
