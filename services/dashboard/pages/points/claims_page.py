"""Claims for points: the reviewer's queue, what became of one's own, and the form to claim."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points.claim_words import WORDS
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from services.dashboard.pages.volunteers.bank_words import WORDS as OF_HOURS

router = APIRouter()
SHOWN = 50  # a clerk with three hundred goes through them in six pages
OWN = frozenset({"resident", "volunteer"})
Status = Literal["", "waiting", "approved", "rejected", "withdrawn"]


class Wanted(BaseModel):
    """Which claims, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    status: Status = ""
    reason: str = ""
    person: str = ""
    after: str = ""
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        return {name: str(value) for name, value in self.model_dump().items() if value}


class For(BaseModel):
    """Who is said to have done something, as the address says it."""

    model_config = ConfigDict(frozen=True)

    person: UUID | None = None
    min_position: int = 0


@router.get("/points/claims")
async def claims(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """What waits for the visitor, or what became of the claims of a person; a resident's own."""
    if visitor.roles <= OWN:
        return await _own(request, visitor, wanted)
    if not wanted.status and not wanted.person:
        wanted = wanted.model_copy(update={"status": "waiting"})
    asked = wanted.asked()
    found = await _read(request, visitor, "/claims", limit=SHOWN, **asked)
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "asked": {name: value for name, value in asked.items() if name not in BY_PAGE},
        "states": WORDS["claim_state"],
        "refusals": WORDS["claim_refusal"],
        "can_approve": any("approve" in one["steps"] for one in found["items"]),
        "total": sum(one["claims"] for one in found["waiting"]),
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/claims.html", told)


@router.get("/points/claim")
async def claim(request: Request, visitor: Known, wanted: Annotated[For, Query()]) -> Response:
    """The form to claim points: for oneself, or for somebody whom one names."""
    own = visitor.roles <= OWN
    person = visitor.actor.id if own else str(wanted.person or "")
    named = await request.app.state.directory.now()
    told: dict[str, Any] = {
        "own": own,
        "person": person,
        "found": None,
        "today": formats.today(),
        "reasons": OF_HOURS["late"],
        "spots": named.choices(visitor.actor.territory),
    }
    if own or person:
        asked = {"person": None if own else person, "min_position": wanted.min_position}
        told["found"] = await _read(request, visitor, "/claimable", **asked)
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/claim.html", told)


async def _own(request: Request, visitor: SignedIn, wanted: Wanted) -> Response:
    asked = {name: value for name, value in wanted.asked().items() if name in BY_PAGE}
    found = await _read(request, visitor, "/claims", limit=SHOWN, **asked)
    named = await request.app.state.directory.now()
    told = {"found": found, "wanted": wanted, "places": named}
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/my_claims.html", told)


async def _read(request: Request, visitor: SignedIn, path: str, **asked: object) -> Any:
    neighbours: Neighbours = request.app.state.neighbours
    return await neighbours.read("points", path, visitor.token, **asked)


# Where a page begins, and what it has to show already.
BY_PAGE = frozenset({"after", "min_position"})
