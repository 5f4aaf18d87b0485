"""The rules for hours and stars: each figure with its source; and what others would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.fields import posted
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from services.dashboard.pages.volunteers.star_words import FIGURES
from shared.runtime.web.problems import Problem

KEEPERS = frozenset({"administrator"})
TRYING = frozenset(
    {"supervisor", "district_observer", "auditor", "administrator", "hours_approver"}
)
WHOLE = 65_536  # bytes: rules with all their sources, as a form sends them
IN_MINUTES = frozenset({"cap", "opens", "longest", "daily"})

router = APIRouter()


class Wanted(BaseModel):
    """Where one wants to know what is in force, and which version to see."""

    model_config = ConfigDict(frozen=True)

    territory: str = ""
    version: str = ""
    min_position: int = 0  # the rules are never behind


@router.get("/volunteer-rules")
async def volunteer_rules(
    request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]
) -> Response:
    """All versions, and one of them whole: the one that is asked for, or that in force."""
    return await _page(request, visitor, wanted, {})


@router.post("/volunteer-rules")
async def tried(request: Request, visitor: Known) -> Response:
    """What the rules that were written would change. Nothing is published."""
    [draft] = await posted(request, "rules", longest=WHOLE)
    neighbours: Neighbours = request.app.state.neighbours
    told: dict[str, Any] = {"draft": draft}
    try:
        rules = orjson.loads(draft)
        found = await neighbours.ask("volunteer", "/rules/preview", {"rules": rules}, visitor.token)
        told["tried"] = found | {"lines": _by_star(found["counts"])}
    except orjson.JSONDecodeError:
        told["fault"] = said(visitor.language, "invalid_request", "")
    except Problem as problem:
        where = ", ".join(str(one.get("pointer", "")) for one in problem.errors)
        told["fault"] = f"{said(visitor.language, problem.code, problem.detail)} {where}".strip()
    return await _page(request, visitor, Wanted(), told)


async def _page(
    request: Request, visitor: SignedIn, wanted: Wanted, about: Mapping[str, Any]
) -> Response:
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("volunteer", "/rules", visitor.token, territory=wanted.territory)
    known = {one["rules"]["version"]: one for one in found["items"]}
    chosen = known.get(wanted.version) or known[found["in_force"]]
    named = await request.app.state.directory.now()
    told = {
        "found": found,
        "chosen": chosen,
        "lines": [*_lines(chosen["rules"])],
        "wanted": wanted,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "may_publish": bool(visitor.roles & KEEPERS),
        "draft": _draft(chosen["rules"]) if visitor.roles & TRYING else None,
        "tried": None,
        "fault": None,
        **about,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "volunteers/ladder.html", told)


def _lines(rules: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every figure but the ladder, which has a table of its own: minutes, a number or words."""
    for name in FIGURES:
        value = rules.get(name)
        if name == "ladder" or value is None:
            continue
        line: dict[str, Any] = {"name": name, "minutes": None, "number": None, "words": []}
        if isinstance(value, bool):
            line["words"] = ["yes" if value else "no"]
        elif isinstance(value, int):
            line["minutes" if name in IN_MINUTES else "number"] = value
        else:
            line["words"] = [value] if isinstance(value, str) else list(value)
        yield line | {"source": rules["sources"].get(name, "")}


def _by_star(counts: Sequence[Mapping[str, Any]]) -> list[dict[str, int]]:
    """How many people reach each star, before and after."""
    was, becomes = Counter[int](), Counter[int]()
    for line in counts:
        was[line["was"]] += line["people"]
        becomes[line["becomes"]] += line["people"]
    return [
        {"star": star, "was": was[star], "becomes": becomes[star]}
        for star in sorted({*was, *becomes})
    ]


def _draft(rules: Mapping[str, Any]) -> str:
    """The rules as others to try: to be given a version, and changed where they should differ."""
    told = {**rules, "version": "", "starts": formats.today()}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()
