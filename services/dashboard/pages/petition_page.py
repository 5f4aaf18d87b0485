"""For residents, on a phone: say what is wrong, follow it by number and code, answer, ask again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.dashboard.pages.fields import posted
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.places import Directory
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Anyone
from shared.runtime.web.problems import Problem

router = APIRouter()


@router.get("/petition")
async def petition(request: Request, visitor: Anyone) -> Response:
    """The form to file one; nobody has to sign in."""
    directory: Directory = request.app.state.directory
    named = await directory.now()
    district, _ = request.app.state.district
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "petition.html", {"spots": named.choices(district)})


@router.get("/petition/follow")
async def follow(request: Request, visitor: Anyone) -> Response:
    """Number and code, to see where a petition stands."""
    pages: Pages = request.app.state.pages
    told: dict[str, Any] = {"found": None, "fault": None, "number": "", "code": ""}
    return pages.page(request, visitor, "follow.html", told)


@router.post("/petition/follow")
async def found(request: Request, visitor: Anyone) -> Response:
    """Where it stands. Number and code come in the body: an address is kept by browsers."""
    number, code = await posted(request, "number", "code")
    told: dict[str, Any] = {"found": None, "fault": None, "number": number, "code": code}
    status = 200
    try:
        told["found"] = await _look(request.app.state.neighbours, number, code)
    except Problem as problem:
        status = problem.status if problem.status >= 500 else 200
        told["fault"] = said(visitor.language, _of_both(problem), problem.detail)
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "follow.html", told, status=status)


async def _look(neighbours: Neighbours, number: str, code: str) -> Mapping[str, Any]:
    if not number or not code or "/" in number:
        raise Problem(422, "no_such_petition", "")
    told: Mapping[str, Any] = await neighbours.ask(
        "grievance", f"/petitions/{number}/look", {"code": code}
    )
    return told


def _of_both(problem: Problem) -> str:
    """Whatever is wrong with number or code is told alike."""
    return "no_such_petition" if problem.status in (404, 422) else problem.code
