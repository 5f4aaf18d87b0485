"""The rule books: every figure with its source, what is in force where, what is to come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known
from shared.core.local_time import day_of

KEEPERS = frozenset({"administrator"})
LIMIT = re.compile(r"([0-9]+)(min|h|d|wd)")
BY_URGENCY = ("dispatch", "answer")
DAY = timedelta(days=1)

router = APIRouter()


class Wanted(BaseModel):
    """Where one wants to know what is in force, and which book to see; as the address says it."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    version: str = ""
    min_position: int = 0


@router.get("/rules")
async def rules(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The books, and one of them whole: the one that is asked for, or that in force."""
    neighbours: Neighbours = request.app.state.neighbours
    asked = {"territory": wanted.territory, "min_position": wanted.min_position or None}
    found = await neighbours.read("grievance", "/rules", visitor.token, **asked)
    chosen = wanted.version or found["in_force"]
    books = {book["version"]: book for book in found["items"]}
    book = books.get(chosen) or books[found["in_force"]]
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "book": book,
        "lines": [_line(figure) for figure in book["figures"]],
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "draft": _draft(book) if visitor.roles & KEEPERS else None,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "rules.html", told)


def _line(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure with its value and what it was in parts that can be put in words."""
    kind = "urgency" if figure["figure"] in BY_URGENCY else "type"
    return {
        **figure,
        "kind": kind,
        "value": _parts(figure["value"]),
        "was": _parts(figure["was"]) if figure["was"] is not None else None,
    }


def _parts(value: str) -> tuple[str, str | None]:
    found = LIMIT.fullmatch(value)
    return (found[1], found[2]) if found else (value, None)


def _draft(book: Mapping[str, Any]) -> str:
    """The book as one to publish: to be given a version, and changed where it should differ."""
    told: dict[str, Any] = {"version": "", "starts": day_of(datetime.now(UTC) + DAY)}
    told |= {"scope": book["scope"]}
    sources: dict[str, str] = {}
    for figure in book["figures"]:
        name, of, value = figure["figure"], figure["of"], figure["value"]
        if of is not None:
            told.setdefault(name, {})[of] = value
        else:
            told[name] = int(value) if value.isdigit() else value
        if not name.endswith("_otherwise"):
            sources[name] = figure["source"]
    told |= {"closed": book["closed"], "worked": book["worked"], "sources": sources}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()
