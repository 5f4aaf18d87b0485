"""One case: where it stands, what happened, what can be done; now or at any moment before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import look_page, words
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from shared.runtime.web.problems import Problem

router = APIRouter()


class Moment(BaseModel):
    """At which moment, and by which reading: as it `was` by all that is known, or as it was
    `known` then; now without one."""

    model_config = ConfigDict(frozen=True)

    moment: AwareDatetime | None = None
    reading: Literal["was", "known"] = "was"
    min_position: int = 0

    def asked(self) -> dict[str, object]:
        """What that is to the case service."""
        if self.moment is None:
            return {}
        name = "as_of" if self.reading == "was" else "known_at"
        return {name: self.moment.isoformat()}


@router.get("/cases/{case_id}")
async def case(
    request: Request, case_id: UUID, visitor: Known, wanted: Annotated[Moment, Query()]
) -> Response:
    """The page of a case."""
    neighbours: Neighbours = request.app.state.neighbours
    try:
        now = await neighbours.read("grievance", f"/cases/{case_id}", visitor.token)
    except Problem as problem:
        if problem.code == "no_such_case" and visitor.roles & words.GLASS:
            return look_page.shut(request, visitor, case_id, status=problem.status)
        raise
    chain: Any = await neighbours.read("grievance", f"/cases/{case_id}/chain", visitor.token)
    notices = await neighbours.read("grievance", f"/cases/{case_id}/notices", visitor.token)
    told = await _told(request, visitor, now, wanted)
    told |= {"now": now, "chain": chain, "notices": notices}
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "case.html", told)


@router.get("/cases/{case_id}/moment")
async def moment(
    request: Request, case_id: UUID, visitor: Known, wanted: Annotated[Moment, Query()]
) -> Response:
    """The part of the page that shows one moment."""
    neighbours: Neighbours = request.app.state.neighbours
    now = await neighbours.read("grievance", f"/cases/{case_id}", visitor.token)
    told = await _told(request, visitor, now, wanted)
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "case_moment.html", {**told, "now": now})


# What is to be done next; what else may be done is folded away.
NEXT = (
    "accept", "decline", "dispatch", "remit", "sign", "reply", "callback", "close", "review",
    "allow", "judge", "verify", "reopen",
)  # fmt: skip
HELD = frozenset({"dispatched", "signed", "redo"})


def _first(now: Mapping[str, Any]) -> list[str]:
    """The steps that come first: to hand over what a unit has is none of them."""
    return [verb for verb in NEXT if verb != "dispatch" or now["case"]["status"] not in HELD]


async def _told(
    request: Request, visitor: SignedIn, now: Mapping[str, Any], wanted: Moment
) -> dict[str, Any]:
    neighbours: Neighbours = request.app.state.neighbours
    shown = now
    if wanted.moment is not None:
        path = f"/cases/{now['case']['id']}"
        shown = await neighbours.read("grievance", path, visitor.token, **wanted.asked())
    named = await request.app.state.directory.now()
    return {
        "shown": shown,
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "words": words.WORDS,
        "now_first": _first(now),
        "may_break": bool(visitor.roles & words.GLASS),
        "may_watch": bool(visitor.roles & words.OVERSEERS),
        "may_link": "dispatcher" in visitor.actor.roles and not now["case"]["outcome"],
        "moments": {
            "was": sorted({line["occurred_at"] for line in now["history"]}),
            "known": sorted({line["recorded_at"] for line in now["history"]}),
        },
    }
