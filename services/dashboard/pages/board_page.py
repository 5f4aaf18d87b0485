"""The board of a territory, the same at every level: figures, trends, parts; and the cases behind
each figure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import HTMLResponse, RedirectResponse, Response

from services.dashboard import views
from services.dashboard.boards import Asked
from services.dashboard.caller import Caller
from services.dashboard.measures.book import Code
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.pages import formats
from services.dashboard.pages.fields import GivenDay
from services.dashboard.pages.fragments import Fragments
from services.dashboard.pages.places import Directory, Places, Step
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from services.dashboard.pointed import Shown as PointsShown
from services.dashboard.served import Shown
from services.dashboard.service import Dashboard
from shared.core.local_time import end_of

router = APIRouter()


class When(BaseModel):
    """At the end of which day; under the boundaries, and by what is known, of today (`now`) or of
    the end of that day (`then`)."""

    model_config = ConfigDict(frozen=True)

    at: GivenDay = None
    drawn: Literal["now", "then"] = "now"
    known: Literal["now", "then"] = "now"
    min_position: int = 0

    def of(self, territory: str) -> Asked:
        """What is asked of a territory."""
        end = min(end_of(self.at), datetime.now(UTC)) if self.at is not None else None
        return Asked(
            territory=territory,
            at=self.at,
            drawn_at=end if self.drawn == "then" else None,
            known=end if self.known == "then" else None,
            min_position=self.min_position,
        )

    def said(self) -> dict[str, str]:
        """What an address has to say to ask the same."""
        then = {name: "then" for name in ("drawn", "known") if getattr(self, name) == "then"}
        return {"at": self.at, **then} if self.at else {}


class Behind(When):
    """The same, and from which case on."""

    after: str | None = None


@router.get("/board")
async def own_board(visitor: Known) -> Response:
    """The board of whoever asks."""
    return RedirectResponse(f"/board/{visitor.actor.territory}", status_code=303)


@router.get("/board/{territory:path}/explain/{measure}")
async def explain(
    request: Request,
    territory: str,
    measure: Code,
    visitor: Known,
    wanted: Annotated[Behind, Query()],
) -> Response:
    """The cases behind a figure."""
    service: Dashboard = request.app.state.service
    await Caller(visitor.actor, service).reach("explain_figure", territory)
    counted = BOOK.measure(measure)
    mark = views.read_mark(wanted.after)
    because = await service.boards.explain(wanted.of(territory), counted, mark)
    named = await _places(request)
    told = {
        **views.explanation(because),
        "counted": counted,
        "measure": measure,
        "wanted": wanted,
        "territory": territory,
        "places": named,
        "trail": [*_trail(named, territory, visitor, wanted, last=True)],
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "explain.html", told)


@router.get("/board/{territory:path}")
async def board(
    request: Request, territory: str, visitor: Known, wanted: Annotated[When, Query()]
) -> Response:
    """The board; a fragment request gets its figures only."""
    service: Dashboard = request.app.state.service
    await Caller(visitor.actor, service).reach("read_board", territory)
    figures = await _figures(request, territory, visitor, wanted)
    if request.headers.get("hx-request") == "true":
        return HTMLResponse(figures)
    named = await _places(request)
    told = {
        "figures": figures,
        "wanted": wanted,
        "territory": territory,
        "today": formats.today(),
        "trail": _trail(named, territory, visitor, wanted),
        "name": named.name(territory),
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "board.html", told)


async def _figures(request: Request, territory: str, visitor: SignedIn, wanted: When) -> str:
    service: Dashboard = request.app.state.service
    fragments: Fragments = request.app.state.fragments
    mark, moved = await service.reading.reach(wanted.min_position)
    about = (territory, *wanted.said().items(), visitor.language)
    beside = await service.served.moved(), await service.points.moved()
    key = ("board", moved, beside, mark.parked, formats.today(), service.map.version, *about)

    async def made() -> str:
        pages: Pages = request.app.state.pages
        told = await _told(service, territory, wanted)
        return pages.render(visitor.language, "board_figures.html", told)

    return await fragments.of(key, made)


async def _told(service: Dashboard, territory: str, wanted: When) -> Mapping[str, Any]:
    asked = wanted.of(territory)
    shown = await service.boards.board(asked)
    told = views.board(service.map, asked, shown)
    return {
        **told,
        "parts_told": told["parts"],
        "said": wanted.said(),
        "past": wanted.at is not None,
        "code": territory,
        "names": {one.code: one.name for one in BOOK.measures},
        "hours": await _hours(service, asked, wanted),
        "points": await _points(service, asked, wanted),
    }


async def _hours(service: Dashboard, asked: Asked, wanted: When) -> Shown | None:
    """What volunteers served in the month of that day; none as it was known once."""
    if asked.known is not None:
        return None
    month = wanted.at[:7] if wanted.at else None
    return await service.served.month(asked.territory, month, asked.drawn_at)


async def _points(service: Dashboard, asked: Asked, wanted: When) -> PointsShown | None:
    """The points of the month of that day; none as it was known once."""
    if asked.known is not None:
        return None
    month = wanted.at[:7] if wanted.at else None
    return await service.points.month(asked.territory, month, asked.drawn_at)


async def _places(request: Request) -> Places:
    directory: Directory = request.app.state.directory
    return await directory.now()


def _trail(
    named: Places, territory: str, visitor: SignedIn, wanted: When, *, last: bool = False
) -> list[Step]:
    way = named.way(territory)
    own = visitor.actor.territory
    seen = way[way.index(own) :] if own in way else way[-1:]
    ask = "&".join(f"{name}={value}" for name, value in wanted.said().items())
    links = [f"/board/{code}{'?' + ask if ask else ''}" for code in seen]
    steps = [Step(named.name(code), link) for code, link in zip(seen, links, strict=True)]
    return steps if last else [*steps[:-1], Step(steps[-1].name, None)]
