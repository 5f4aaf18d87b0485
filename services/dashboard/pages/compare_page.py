"""Territories side by side: rates with their intervals, ranked where the sample is large enough."""

from __future__ import annotations

from typing import Annotated, cast, get_args

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.dashboard import comparison_views, comparisons
from services.dashboard.caller import Caller
from services.dashboard.comparisons import Audience, Level
from services.dashboard.measures.book import Code
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.pages import formats
from services.dashboard.pages.fields import GivenDay
from services.dashboard.pages.places import Directory
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from services.dashboard.service import Dashboard

router = APIRouter()


class Wanted(BaseModel):
    """What to compare: one measure of the territories of a level over some days."""

    model_config = ConfigDict(frozen=True)

    level: Level = "community"
    measure: Code = "satisfaction_rate"
    first: GivenDay = Field(default=None, alias="from")
    last: GivenDay = Field(default=None, alias="to")
    audience: Audience = "inside"

    def of(self, territory: str) -> comparisons.Asked:
        """What is asked of a territory."""
        return comparisons.Asked(
            territory=territory,
            level=self.level,
            measures=(self.measure,),
            first=self.first,
            last=self.last,
            audience=self.audience,
        )

    def said(self, territory: str) -> dict[str, str | None]:
        """The same as the API is asked."""
        return {
            "territory": territory,
            "level": self.level,
            "measures": self.measure,
            "from": self.first,
            "to": self.last,
            "audience": self.audience,
        }


@router.get("/compare")
async def compare(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The comparison within the visitor's territory."""
    service: Dashboard = request.app.state.service
    territory = await Caller(visitor.actor, service).reach("read_comparison")
    found = await service.comparisons.compare(wanted.of(territory))
    told = comparison_views.comparison(service.map, found)
    directory: Directory = request.app.state.directory
    pages: Pages = request.app.state.pages
    about = {
        **told,
        "first": told["from"],
        "last": told["to"],
        "lines": _sorted(told["items"], wanted.measure),
        "measure": BOOK.measure(wanted.measure),
        "measures": BOOK.measures,
        "levels": get_args(Level),
        "wanted": wanted,
        "said": wanted.said(territory),
        "places": await directory.now(),
        "today": formats.today(),
    }
    return pages.page(request, visitor, "compare.html", about)


def _sorted(items: list[dict[str, object]], measure: Code) -> list[dict[str, object]]:
    """Those with a rank first, by rank; then by what is to be expected; what is hidden last."""

    def place(line: dict[str, object]) -> tuple[bool, int, float]:
        figure = cast("dict[str, dict[str, float | None]]", line["figures"])[measure]
        said = next((figure[n] for n in ("estimate", "value") if figure[n] is not None), -1.0)
        return figure["hidden"] is True, int(figure["rank"] or 10**9), -float(said or 0)

    return sorted(items, key=place)
