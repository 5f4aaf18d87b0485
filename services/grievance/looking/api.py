"""Entrypoint: who looked, for those who watch over it; and breaking glass."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.grievance.access import ACCESS
from services.grievance.answers import CaseView
from services.grievance.caller import Called
from services.grievance.desk import Desk, no_such_case
from services.grievance.look.commands import BreakGlass, ReadLooks
from services.grievance.looking import glass, listing
from services.grievance.looking.answers import LookPage
from services.grievance.looking.fingerprints import fingerprints
from services.grievance.looking.forms import Glass, LookSearch, LooksFilter, begun
from services.grievance.queries.looks import Wanted
from shared.core.access import Reach, action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


@router.post(
    "/cases/{case_id}/break-glass",
    response_model=CaseView,
    operation_id=action_of(BreakGlass),
    responses=documented.problems(400, 409, 413, 415),
    openapi_extra=documented.needs(documented.IDEMPOTENCY_KEY),
)
async def break_glass(case_id: UUID, form: Glass, request: Request, caller: Called) -> Response:
    """See a case now, contact and all, that you may not usually see: the reason is put on record
    first, sealed with the petitioner's key, for those who watch over it. Needs an
    `Idempotency-Key`; each look needs one of its own."""
    view = await glass.broken(caller.service, case_id, form, await caller.asks(request))
    return answer_with(view, headers={"etag": f'"{view["case"]["version"]}"'})


@router.get("/cases/{case_id}/looks", response_model=LookPage, operation_id="read_looks")
async def read_looks(
    case_id: UUID, caller: Called, wanted: Annotated[LooksFilter, Query()]
) -> Response:
    """Who saw this case, what of it, when and in what capacity; by search as well. To read it is a
    look, too."""
    service = caller.service
    file = await service.archive.case(case_id)
    await service.map.fresh()
    if file is None or not Desk(service).may_see(caller.actor, file.row, "read_looks"):
        raise no_such_case(case_id)
    at, place = datetime.now(UTC), file.row.territory
    asked = ReadLooks(at=at, actor=caller.actor, territory=place, case_id=case_id)
    sought = Wanted(
        case_id=case_id, since=begun(wanted.since), until=wanted.until, before=wanted.after
    )
    return answer_with(await listing.page(service, sought, asked, wanted.limit))


@router.get("/looks", response_model=LookPage, operation_id="search_looks")
async def search_looks(caller: Called, wanted: Annotated[LookSearch, Query()]) -> Response:
    """Looks in the actor's territory: who searched for some words, what somebody looked at, where
    glass was broken. To read it is a look, too."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    within = service.map.within
    seen = ACCESS.reach(actor, "search_looks", Reach(wanted.territory), within)
    words = fingerprints(service.fingerprints, wanted.words) if wanted.words else ()
    place = seen.territory or actor.territory
    asked = ReadLooks(
        at=datetime.now(UTC), actor=actor, territory=place, words=words, of_actor=wanted.actor
    )
    sought = Wanted(
        places=service.map.below(seen.territory),
        words=words,
        actor=wanted.actor,
        glass=wanted.glass,
        since=begun(wanted.since),
        until=wanted.until,
        before=wanted.after,
    )
    return answer_with(await listing.page(service, sought, asked, wanted.limit))
