"""Hours to be looked into: which rule found them, in which records, and what takes them back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.pages.volunteers.bank_words import WORDS as OF_TIME
from services.dashboard.pages.volunteers.help_words import WORDS

router = APIRouter()
# Who sees findings, and may also take back what was approved.
UNDOERS = frozenset({"supervisor", "hours_approver"})


class Wanted(BaseModel):
    """Which findings, as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    kind: str = ""
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")
    min_position: int = 0

    def asked(self) -> dict[str, str]:
        """Those that say something."""
        told = self.model_dump(by_alias=True)
        return {name: str(value) for name, value in told.items() if value}


@router.get("/findings")
async def findings(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """The findings that the visitor may see, and what they may do about each."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("volunteer", "/findings", visitor.token, **wanted.asked())
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "wanted": wanted,
        "kinds": WORDS["finding"],
        "figures": WORDS["finding_figure"],
        "reverse_reasons": WORDS["reverse"],
        "reject_reasons": OF_TIME["reject"],
        "may_undo": bool(visitor.roles & UNDOERS),
        "may_reject": "hours_approver" in visitor.roles,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/findings.html", told)
