"""My hours and my time: what is there, how each minute came, what was served; and what to do."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.volunteers.bank_words import WORDS
from shared.runtime.web.problems import Problem

router = APIRouter()
LENGTHS = (30, 60, 90, 120, 150, 180, 240, 300, 360, 420, 480)
CHECKERS = frozenset({"hours_approver", "supervisor"})
OWN_EVIDENCE = ("receiver", "photo", "paper", "own_word")
SHOWN = 20


class Wanted(BaseModel):
    """Whose time, as the address says it: one's own without a `person`."""

    model_config = ConfigDict(frozen=True)

    person: UUID | None = None
    as_of: str = ""
    after: str = ""
    min_position: int = 0


@router.get("/time")
async def time(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The visitor's own hours and time, or those of a person at their counter."""
    neighbours: Neighbours = request.app.state.neighbours
    person = wanted.person or _own(visitor.actor.id)
    named = await request.app.state.directory.now()
    told: dict[str, Any] = {
        "person": person,
        "own": str(person) == visitor.actor.id,
        "checks": bool(visitor.roles & CHECKERS),
        "wanted": wanted,
        "account": None,
        "statement": None,
        "records": None,
        "today": formats.today(),
        "lengths": LENGTHS,
        "evidence": OWN_EVIDENCE,
        "services": WORDS["service"],
        "reasons": WORDS["late"],
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "home": visitor.actor.territory,
    }
    if person is not None:
        told |= await _found(neighbours, person, wanted, visitor.token)
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/time.html", told)


async def _found(
    neighbours: Neighbours, person: UUID, wanted: Wanted, token: str
) -> dict[str, Any]:
    fresh = {"min_position": wanted.min_position}
    about = {"person": person, "limit": SHOWN, **fresh}
    records = await neighbours.read("volunteer", "/records", token, **about)
    path = f"/accounts/{person}"
    try:
        account = await neighbours.read("volunteer", path, token, **fresh)
    except Problem as problem:
        if problem.code != "no_such_account":
            raise
        return {"records": records}
    asked = {"as_of": wanted.as_of, "after": wanted.after, "limit": SHOWN, **fresh}
    statement = await neighbours.read("volunteer", f"{path}/entries", token, **asked)
    pool = await neighbours.read("volunteer", f"/pools/{account['territory']}", token, **fresh)
    return {
        "records": records,
        "account": account,
        "statement": statement,
        "pool": pool,
        "home": account["territory"],
    }


def _own(actor: str) -> UUID | None:
    try:
        return UUID(actor)
    except ValueError:
        return None
