"""Entrypoint: posts, leaves and rosters, read over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.territory.caller import Called
from services.territory.forms import Code
from services.territory.organisation import answers, asked
from services.territory.organisation.filters import AreaFilter, Filter, LeaveFilter, PostFilter
from services.territory.queries import grid_roster
from services.territory.queries.posts import PostList, Posts
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

NEAR = ("grid_worker", "lane_head", "building_head")

router = APIRouter()


@router.get("/posts", response_model=answers.PostList, operation_id="read_posts")
async def read_posts(caller: Called, wanted: Annotated[PostFilter, Query()]) -> Response:
    """Who holds which post in a territory, now, at another time, or ever."""
    mark = await asked.mark(caller, wanted.min_position, "posts", "post_leaves")
    query = PostList(
        moment=None if wanted.ever else wanted.moment(),
        codes=asked.codes(caller, "read_posts", wanted.territory),
        roles=[wanted.role] if wanted.role else None,
        holder=wanted.holder,
        after=wanted.after,
        limit=wanted.limit + 1,
    )
    posts = Posts(caller.service.pool)
    if wanted.after is not None and not await posts.there(wanted.after):
        errors = [{"detail": "no line of a page", "pointer": "/after"}]
        raise Problem(422, "bad_page_mark", "begin anew without `after`", errors=errors)
    found = await posts.listed(query)
    shown = found[: wanted.limit]
    further = shown[-1]["id"] if len(found) > wanted.limit else None
    return answer_with({"items": shown, "next": further, "watermark": mark.model_dump()})


@router.get("/leaves", response_model=answers.LeaveList, operation_id="read_leaves")
async def read_leaves(caller: Called, wanted: Annotated[LeaveFilter, Query()]) -> Response:
    """Who was, is and will be away, and who stands in."""
    mark = await asked.mark(caller, wanted.min_position, "posts", "post_leaves")
    where = asked.codes(caller, "read_leaves", wanted.territory)
    items = await Posts(caller.service.pool).leaves(where, wanted.holder, wanted.limit)
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get("/rosters", response_model=answers.Roster, operation_id="read_roster")
async def read_roster(caller: Called, wanted: Annotated[AreaFilter, Query()]) -> Response:
    """1+N+X of every grid of a territory that was on the map at that time."""
    mark = await asked.mark(caller, wanted.min_position, "posts", "post_leaves", "unit_links")
    moment, here = wanted.moment(), caller.service.map
    where = asked.codes(caller, "read_roster", wanted.territory)
    asked_about = here.atlas.territories if where is None else where
    territories = (here.atlas.territories[code] for code in asked_about)
    grids = [one.code for one in territories if one.kind == "grid" and one.exists(moment)]
    items = await grid_roster.read(caller.service.pool, sorted(grids), moment)
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get("/territories/{code}/heads", response_model=answers.Heads, operation_id="read_heads")
async def read_heads(code: Code, caller: Called, wanted: Annotated[Filter, Query()]) -> Response:
    """Who answers for a place: the heads of the building and the lane, the grid worker; ids of
    persons. Residents ask about where they live."""
    mark = await asked.mark(caller, wanted.min_position, "posts", "post_leaves")
    moment = wanted.moment()
    asked.check(caller, "read_heads", asked.territory(caller, code).code)
    above = caller.service.map.boundaries(moment).above(code)
    query = PostList(moment=moment, codes=above, roles=NEAR)
    found = await Posts(caller.service.pool).listed(query)
    found.sort(key=lambda row: (above.index(row["place"]), row["role"]))
    items = [{name: row[name] for name in answers.HeadLine.model_fields} for row in found]
    return answer_with({"items": items, "watermark": mark.model_dump()})
