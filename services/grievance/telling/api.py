"""Entrypoint: what petitioners were told, for whoever may read their case; and the outbox."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.grievance import marks
from services.grievance.access import ACCESS
from services.grievance.caller import Called
from services.grievance.desk import Desk, no_such_case
from services.grievance.filters import TimelineFilter
from services.grievance.looking.noting import Sight
from services.grievance.service import Grievance
from services.grievance.telling.answers import NoticeList, Outbox
from services.grievance.telling.composing import text_for
from shared.core.access import Reach
from shared.core.text import Word
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.moments import Position

MODEL = "notice_log"

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


class OutboxFilter(BaseModel):
    """Of which subtree, under the boundaries of today. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    min_position: Position = 0


@router.get("/cases/{case_id}/notices", response_model=NoticeList, operation_id="read_notices")
async def read_notices(
    case_id: UUID, caller: Called, wanted: Annotated[TimelineFilter, Query()]
) -> Response:
    """What the petitioner of a case was told and is to be told, how often that was tried, by which
    port it came through; no contact details."""
    service = caller.service
    file = await service.archive.case(case_id)
    await service.map.fresh()
    if file is None or not Desk(service).may_see(caller.actor, file.row, "read_notices"):
        raise no_such_case(case_id)
    mark = await service.watermarks.reach(MODEL, wanted.min_position)
    lines = [
        {**row, "id": row["notice_id"], "version": row["case_version"]}
        for row in await service.notices.of_case(case_id)
    ]
    await service.looks.opened(caller.actor, Sight(case_id, file.row.territory, "notices"))
    told = ("notice_id", "case_version")
    items = [{name: line[name] for name in line if name not in told} for line in lines]
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get("/outbox", response_model=Outbox, operation_id="read_outbox")
async def read_outbox(caller: Called, wanted: Annotated[OutboxFilter, Query()]) -> Response:
    """What would have been sent if a port were configured, the latest first, in its words of
    today; no contact details."""
    service = caller.service
    await service.map.fresh()
    seen = ACCESS.reach(caller.actor, "read_outbox", Reach(wanted.territory), service.map.within)
    places = service.map.below(seen.territory)
    mark = await service.watermarks.reach(MODEL, wanted.min_position)
    after = marks.read_ended(wanted.after)
    rows = await service.notices.outbox(places, wanted.limit + 1, after)
    shown = rows[: wanted.limit]
    page = {
        "items": await asyncio.gather(*(_line(service, row) for row in shown)),
        "next": marks.ended_mark(shown[-1]) if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


async def _line(service: Grievance, row: dict[str, object]) -> dict[str, object]:
    case_id, version = UUID(str(row["case_id"])), int(str(row["case_version"]))
    number, text = await text_for(service, service.telling, case_id, version)
    told = {name: row[name] for name in ("case_id", "step", "owed_at", "ended_at")}
    return {"id": row["notice_id"], "number": number, "text": text, **told}
