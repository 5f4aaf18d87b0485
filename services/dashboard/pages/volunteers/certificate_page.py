"""Certificates: whoever is shown one types its serial; who has hours finds their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Anyone, Visitor
from shared.runtime.web.problems import Problem

router = APIRouter()
HOLDERS = frozenset({"volunteer", "resident"})
NOTHING = frozenset({"no_account", "role_missing"})
SERIAL = re.compile(r"[0-9A-Za-z \-]{1,40}")


class Typed(BaseModel):
    """What was typed from a paper, or came with the code on it."""

    model_config = ConfigDict(frozen=True)

    serial: str = ""
    minutes: str = ""
    hash: str = ""
    min_position: int = 0


@router.get("/certificates")
async def certificates(
    request: Request, visitor: Anyone, typed: Annotated[Typed, Query()]
) -> Response:
    """Type a serial; below, the visitor's own certificates."""
    return await _shown(request, visitor, typed)


@router.get("/certificates/{serial}")
async def certificate(
    request: Request, serial: str, visitor: Anyone, typed: Annotated[Typed, Query()]
) -> Response:
    """What is so of one: nobody has to sign in."""
    return await _shown(request, visitor, typed.model_copy(update={"serial": serial}))


async def _shown(request: Request, visitor: Visitor, typed: Typed) -> Response:
    neighbours: Neighbours = request.app.state.neighbours
    told: dict[str, Any] = {"typed": typed, "found": None, "fault": None}
    status = 200
    if typed.serial:
        try:
            told["found"] = await _verdict(neighbours, typed)
        except Problem as problem:
            status = (
                problem.status if problem.status in (404, 429) or problem.status >= 500 else 200
            )
            told["fault"] = said(visitor.language, problem.code, problem.detail)
    told |= {"own": await _own(neighbours, visitor, typed.min_position), "me": _me(visitor)}
    told |= {"spelled": spelled, "today": formats.today()}
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/certificate.html", told, status=status)


async def _verdict(neighbours: Neighbours, typed: Typed) -> Mapping[str, Any]:
    if not SERIAL.fullmatch(typed.serial):
        raise Problem(422, "serial_mistyped", "")
    path = f"/certificates/{typed.serial.replace(' ', '')}"
    asked = {"minutes": typed.minutes, "hash": typed.hash}
    found: Mapping[str, Any] = await neighbours.read("volunteer", path, None, **asked)
    return found


async def _own(neighbours: Neighbours, visitor: Visitor, position: int) -> Any:
    """The visitor's certificates; None for somebody of whom no hours are kept."""
    me = _me(visitor)
    if me is None:
        return None
    path, about = f"/accounts/{me}/certificates", {"min_position": position or ""}
    try:
        return await neighbours.read("volunteer", path, visitor.token, **about)
    except Problem as problem:
        if problem.code not in NOTHING:
            raise
        return None


def _me(visitor: Visitor) -> str | None:
    """The visitor's own account, where they may have one."""
    if visitor.actor is None or not visitor.roles & HOLDERS:
        return None
    try:
        return str(UUID(visitor.actor.id))
    except ValueError:
        return None


def spelled(serial: str) -> str:
    """A serial in groups of four, as it is printed."""
    return "-".join(serial[at : at + 4] for at in range(0, len(serial), 4))
