"""The app of the pages: beside the API, on the same parts, at the root of the origin."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from services.dashboard.pages import (
    board_page,
    campaign_page,
    case_page,
    compare_page,
    design_page,
    desk_page,
    faults,
    look_page,
    outbox_page,
    people_page,
    petition_page,
    register_page,
    rules_page,
    scores_page,
    whistle_page,
    words,
)
from services.dashboard.pages.fragments import Fragments
from services.dashboard.pages.language import COOKIE, spoken
from services.dashboard.pages.live import Live
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.places import Directory
from services.dashboard.pages.points import rooms as points
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.security import Policy
from services.dashboard.pages.static_files import StaticFiles
from services.dashboard.pages.visitor import Anyone, Known
from services.dashboard.pages.volunteers import rooms
from services.dashboard.service import Dashboard
from services.dashboard.settings import Settings
from shared.runtime.web.tokens import Verifier

PAGES = (
    board_page,
    campaign_page,
    case_page,
    compare_page,
    desk_page,
    design_page,
    look_page,
    outbox_page,
    petition_page,
    register_page,
    whistle_page,
    rules_page,
    scores_page,
)
NEIGHBOURS = ("grievance", "volunteer", "points")
YEAR = 365 * 24 * 60 * 60
STREAM = {"cache-control": "no-store", "x-accel-buffering": "no"}

router = APIRouter()


def pages_of(api: FastAPI, settings: Settings) -> FastAPI:
    """The pages over the parts that `api` has opened. Raises Misconfigured without libraries
    or the addresses of the services beside."""
    static = StaticFiles(settings.libraries)
    bases = {name: settings.feed(name) for name in NEIGHBOURS}
    local = settings.profile == "local"
    pages = Pages(static, picker=local)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service: Dashboard = api.state.service
        keys = settings.jwks()
        app.state.verifier = Verifier(keys, issuer=settings.issuer, audience=settings.audience)
        app.state.service = service
        app.state.neighbours = Neighbours(bases)
        app.state.directory = Directory(service)
        app.state.fragments = Fragments()
        app.state.live = Live(lambda: _moved(service))
        yield
        await app.state.live.aclose()
        await app.state.neighbours.aclose()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.pages = pages
    app.state.district = settings.named_district()
    app.include_router(static.router())
    app.include_router(router)
    for page in PAGES:
        app.include_router(page.router)
    for room in (*rooms.ROUTERS, *points.ROUTERS):
        app.include_router(room)
    if local:
        app.include_router(people_page.router)
    faults.install(app, pages)
    app.add_middleware(faults.Faults, pages=pages, login=settings.login_url)
    app.add_middleware(Policy)
    return app


@router.get("/")
async def home(visitor: Anyone) -> Response:
    """Where the visitor begins."""
    return RedirectResponse(words.home_for(visitor.roles), status_code=303)


@router.get("/language")
async def language(to: str, back: str = Query(default="/")) -> Response:
    """Speak another language from now on."""
    answer = RedirectResponse(_own(back), status_code=303)
    answer.set_cookie(COOKIE, spoken(to), max_age=YEAR, samesite="lax", httponly=True)
    return answer


@router.get("/live")
async def live(request: Request, visitor: Known) -> Response:
    """Server-sent events: `moved` each time the figures have."""
    watched: Live = request.app.state.live
    return StreamingResponse(watched.watch(), media_type="text/event-stream", headers=STREAM)


async def _moved(service: Dashboard) -> Hashable:
    return (
        await service.reading.moved(),
        await service.served.moved(),
        await service.points.moved(),
    )


def _own(address: str) -> str:
    """A path of ours, or home: nobody is led elsewhere."""
    parts = urlsplit(address)
    led_away = parts.scheme or parts.netloc or not address.startswith("/")
    return "/" if led_away or address.startswith(("//", "/\\")) else address
