"""Entrypoint: HTTP to what is outstanding."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.points.access import ACCESS
from services.points.caller import Called, Caller
from services.points.owing import liability, sheets
from services.points.owing.answers import Outstanding, OutstandingReport
from services.points.owing.filters import Format, OutstandingFilter
from services.points.owing.liability import AGES, Community
from services.points.projections.points_accounts import points_accounts
from services.points.queries import outstanding
from shared.core.access import Reach
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

MONTHS = 12
FILE = {"schema": {"type": "string", "format": "binary"}}
FILES = {kind: FILE for name, kind in sheets.KINDS.items() if name != "json"}
SPANS = [{"since": one, "until": two - 1} for one, two in pairwise(AGES)]

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


class Found(NamedTuple):
    """What is outstanding below a territory on a day, and up to where that is true."""

    territory: str
    day: str
    lines: list[Community]
    endings: list[Any]
    watermark: dict[str, Any]


@router.get("/outstanding", response_model=Outstanding, operation_id="read_outstanding")
async def read_outstanding(
    caller: Called, wanted: Annotated[OutstandingFilter, Query()]
) -> Response:
    """What the communities owe for points, by age, in points and in money, and when it ends. What
    ended by midnight is left out, whether or not anybody has written that down yet."""
    found = await _found(caller, "read_outstanding", wanted)
    items = [liability.told(one, found.day) for one in found.lines]
    items.sort(key=lambda item: (-item["outstanding"], item["territory"]))
    ends = [{"month": row["month"], "points": row["points"]} for row in found.endings]
    return answer_with(
        {
            "on": found.day,
            "ages": [*SPANS, {"since": AGES[-1], "until": None}],
            "items": items,
            "total": liability.whole(found.territory, items),
            "endings": [one for one in ends if one["month"]][:MONTHS],
            "endless": sum(one["points"] for one in ends if not one["month"]),
            "watermark": found.watermark,
        }
    )


@router.get(
    "/outstanding.{suffix}",
    operation_id="download_outstanding",
    response_class=Response,
    responses={200: {"model": OutstandingReport, "content": FILES}},
)
async def download_outstanding(
    suffix: Format, caller: Called, wanted: Annotated[OutstandingFilter, Query()]
) -> Response:
    """The same as a workbook, as CSV or as JSON: a line for each community and month in which
    points came in, and one for what is held."""
    found = await _found(caller, "download_outstanding", wanted)
    report = {
        "territory": found.territory,
        "on": found.day,
        "made_at": datetime.now(UTC),
        "watermark": found.watermark,
        "items": [
            line
            for one in sorted(found.lines, key=lambda one: one.territory)
            for line in _lines(one)
        ],
    }
    if suffix == "json":
        return answer_with(report)
    write = sheets.xlsx if suffix == "xlsx" else sheets.csv_of
    file = await asyncio.to_thread(write, sheets.table(report))
    how = {"content-disposition": f'attachment; filename="outstanding-{found.day}.{suffix}"'}
    return Response(file, media_type=sheets.KINDS[suffix], headers=how)


async def _found(caller: Caller, action: str, wanted: OutstandingFilter) -> Found:
    service, now = caller.service, datetime.now(UTC)
    await service.map.fresh()
    seen = ACCESS.reach(caller.actor, action, Reach(wanted.territory), service.map.within)
    places = service.map.below(seen.territory)
    day = wanted.on or day_of(now)
    if day < day_of(now):
        detail = "what was outstanding on days gone by is not kept: name today or a later day"
        raise Rejected("day_gone_by", detail, "on")
    mark = await service.watermarks.reach(points_accounts.name, wanted.min_position)
    stood = await outstanding.read(service.pool, places, day)
    lines = await liability.communities(service, stood, now)
    territory = seen.territory or service.map.atlas.district
    return Found(territory, day, lines, stood.endings, mark.model_dump())


def _lines(one: Community) -> list[dict[str, Any]]:
    fen, rules = one.rules.fen, one.rules.version
    months = [*sorted(one.months.items()), *([("", one.held)] if one.held else [])]
    return [
        {
            "territory": one.territory,
            "month": month,
            "points": points,
            "point_fen": fen,
            "fen": points * fen,
            "rules": rules,
        }
        for month, points in months
    ]
