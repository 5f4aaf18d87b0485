"""A new version of the rules for points: written in a form, tried on what was done, published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.dashboard.pages import formats
from services.dashboard.pages.fields import written
from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.points import rules_form
from services.dashboard.pages.points.rules_form import Draft
from services.dashboard.pages.points.rules_page import KEEPERS, TRYING, Wanted, chosen
from services.dashboard.pages.points.rules_words import GIVERS
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Known, SignedIn
from shared.runtime.web.leaving import while_waited_for
from shared.runtime.web.problems import Problem

LONGEST = 262_144  # bytes: sixty reasons and as many honours, as a browser sends them
# The rules may be good; they could not be tried.
UNTRIED = frozenset({"preview_under_way", "preview_too_long", "neighbour_away", "unavailable"})

router = APIRouter()


@router.get("/points/rules/draft")
async def draft(request: Request, visitor: Known, wanted: Annotated[Wanted, Query()]) -> Response:
    """The form, with the figures of the version that is asked for, or of that in force."""
    neighbours: Neighbours = request.app.state.neighbours
    found = await neighbours.read("points", "/rules", visitor.token, territory=wanted.territory)
    rules = chosen(found, wanted.version)["rules"]
    return await _page(request, visitor, rules_form.draft_of(rules, formats.today()), {})


@router.post("/points/rules/draft")
async def tried(request: Request, visitor: Known) -> Response:
    """The form with one row more, or with what the rules that were written would have given.
    Nothing is published."""
    sent = await written(request, LONGEST)
    draft, more = rules_form.written_in(sent), sent.get("add", [""])[0]
    if more:
        return await _page(request, visitor, rules_form.with_row(draft, more), {"added": more})
    rules, told = rules_form.rules_of(draft), dict[str, Any]()
    asked: dict[str, Any] = {"rules": rules}
    for name in ("first", "last"):
        told[name] = sent.get(name, [""])[0]
        asked |= {name: told[name]} if told[name] else {}
    neighbours: Neighbours = request.app.state.neighbours
    try:
        trial = neighbours.wait("points", "/rules/preview", asked, visitor.token)
        told["tried"] = await while_waited_for(request, trial)
        told["publishable"] = rules
    except Problem as problem:
        told |= _faults(visitor, problem)
        told["publishable"] = rules if problem.code in UNTRIED else None
    return await _page(request, visitor, draft, told)


def _faults(visitor: SignedIn, problem: Problem) -> dict[str, Any]:
    """What is wrong, and in which fields."""
    fault = said(visitor.language, problem.code, problem.detail)
    fields = {rules_form.field_of(one.get("pointer", "")): fault for one in problem.errors}
    whole = [one.get("detail", "") for one in problem.errors if _of_all(one.get("pointer", ""))]
    return {"fault": " ".join([fault, *whole]), "faults": fields}


def _of_all(pointer: str) -> bool:
    return not rules_form.field_of(pointer)


async def _page(
    request: Request, visitor: SignedIn, draft: Draft, about: Mapping[str, Any]
) -> Response:
    if not visitor.roles & TRYING:
        raise Problem(403, "role_missing", "none of your roles tries rules")
    named = await request.app.state.directory.now()
    told = {
        "draft": draft,
        "places": named,
        "spots": named.choices(visitor.actor.territory),
        "givers": GIVERS,
        "may_publish": bool(visitor.roles & KEEPERS),
        "names": {one["code"]: one for one in draft["reasons"]},
        "tried": None,
        "publishable": None,
        "fault": None,
        "faults": {},
        "added": "",
        "first": "",
        "last": "",
        **about,
    }
    pages: Pages = request.app.state.pages
    return pages.page(request, visitor, "points/rules_draft.html", told)
