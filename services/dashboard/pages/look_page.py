"""Who saw a case, in a stretch of time; and the case for whoever says why they have to see it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.dashboard.pages.fields import GivenMoment, posted, typed
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from shared.runtime.web.problems import Problem

router = APIRouter()
BEFORE = timedelta(minutes=10)


class Window(BaseModel):
    """From when until when: the ten minutes before now, or before `until`, where not said."""

    model_config = ConfigDict(frozen=True)

    since: GivenMoment = Field(default=None, alias="from")
    until: GivenMoment = None
    after: Annotated[int | None, Field(ge=1)] = None

    def span(self) -> tuple[datetime, datetime]:
        """Both ends."""
        until = self.until or datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
        return self.since or until - BEFORE, until


@router.get("/cases/{case_id}/looks")
async def looks(
    request: Request, case_id: UUID, visitor: Known, wanted: Annotated[Window, Query()]
) -> Response:
    """Who saw this case then."""
    neighbours: Neighbours = request.app.state.neighbours
    since, until = wanted.span()
    asked = {"from": since.isoformat(), "until": until.isoformat(), "after": wanted.after}
    path = f"/cases/{case_id}/looks"
    found = await neighbours.read("grievance", path, visitor.token, **asked)
    told = {
        "case_id": case_id,
        "found": found,
        "since": typed(since),
        "until": typed(until),
        "wanted": wanted,
        "places": await request.app.state.directory.now(),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "looks.html", told)


@router.get("/cases/{case_id}/glass")
async def glass(request: Request, case_id: UUID, visitor: Known) -> Response:
    """Where one says why."""
    return shut(request, visitor, case_id)


@router.post("/cases/{case_id}/glass")
async def broken(request: Request, case_id: UUID, visitor: Known) -> Response:
    """The case, once the reason is on record. It comes in the body, and so does the answer: neither
    is kept under an address."""
    reason, key = await posted(request, "reason", "key")
    neighbours: Neighbours = request.app.state.neighbours
    path = f"/cases/{case_id}/break-glass"
    try:
        found = await neighbours.ask("grievance", path, {"reason": reason}, visitor.token, key)
    except Problem as problem:
        told = {"reason": reason, "fault": said(visitor.language, problem.code, problem.detail)}
        status = problem.status if problem.status in (403, 404) or problem.status >= 500 else 200
        return shut(request, visitor, case_id, told, status=status)
    told = _told(case_id) | {"found": found, "places": await request.app.state.directory.now()}
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "glass.html", told)


def shut(
    request: Request,
    visitor: SignedIn,
    case_id: UUID,
    told: Mapping[str, Any] = {},
    *,
    status: int = 200,
) -> Response:
    """The page on which one says why, with what was `told` before; the case is not on it."""
    pages: Pages = request.app.state.pages
    shown = {**_told(case_id), **told}
    return pages.page(request, visitor, "glass.html", shown, status=status)


def _told(case_id: UUID) -> dict[str, Any]:
    key = secrets.token_hex(16)  # each look has one of its own
    return {"case_id": case_id, "found": None, "reason": "", "fault": None, "key": key}
