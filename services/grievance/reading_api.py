"""Entrypoint: HTTP to read models and to the past."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.grievance import searching, views
from services.grievance.access import ACCESS
from services.grievance.answers import CaseView, Register, Timeline
from services.grievance.board_answers import BacklogBoard, ChannelBoard, ResponseBoard
from services.grievance.caller import Called, Caller
from services.grievance.desk import Desk, Placed, no_such_case
from services.grievance.evidence.answers import ChainCheck
from services.grievance.evidence.standing import seal_of
from services.grievance.filters import (
    BacklogFilter,
    ChannelFilter,
    PastFilter,
    RegisterFilter,
    ResponseFilter,
    TimelineFilter,
)
from services.grievance.looking.noting import Sight
from services.grievance.queries.backlog import Load
from services.grievance.queries.boards import Board
from services.grievance.queries.channels import Mix, proactive
from shared.core.access import Reach
from shared.runtime.projections.map_copy import Places
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

router = APIRouter()


@router.get("/cases", response_model=Register, operation_id="read_register")
async def read_register(caller: Called, wanted: Annotated[RegisterFilter, Query()]) -> Response:
    """The register as far as the actor may see it, the latest petition first, or what is due."""
    asked = Reach(wanted.territory, wanted.unit)
    seen, places = await _reach(caller, "read_register", asked, wanted.drawn_at)
    page = await searching.page(caller.service, wanted, seen, places)
    if wanted.q is not None:
        await searching.noted(caller.service, caller.actor, (wanted.q, seen), page)
    return answer_with(page)


@router.get("/cases/{case_id}", response_model=CaseView, operation_id="read_case")
async def read_case(
    case_id: UUID, caller: Called, wanted: Annotated[PastFilter, Query()]
) -> Response:
    """A case with its history: now, as it was at `as_of`, or as it was known at `known_at`."""
    service, actor = caller.service, caller.actor
    now = await service.archive.case(case_id)
    if now is None or not await _may_see(caller, now.row, "read_case"):
        raise no_such_case(case_id)
    file = now
    if wanted.as_of or wanted.known_at:
        past = await service.archive.case(case_id, at=wanted.as_of, known=wanted.known_at)
        if past is None:
            raise Problem(404, "not_yet", "the case did not exist, or was not known, by then")
        file = past
    etag = {"etag": f'"{now.row.version}"'}
    await service.rules.fresh()
    view = await views.case_view(service, file, ACCESS.hidden(actor))
    await service.looks.opened(actor, views.sight_of(file, view))
    return answer_with(view | {"steps": views.steps(service, now, actor)}, headers=etag)


@router.get("/cases/{case_id}/timeline", response_model=Timeline, operation_id="read_timeline")
async def read_timeline(
    case_id: UUID, caller: Called, wanted: Annotated[TimelineFilter, Query()]
) -> Response:
    """Every event of a case, corrections in place and flagged; nothing that anyone wrote."""
    service = caller.service
    now = await service.archive.case(case_id)
    if now is None or not await _may_see(caller, now.row, "read_timeline"):
        raise no_such_case(case_id)
    mark = await service.watermarks.reach("case_timeline", wanted.min_position)
    board = Board(await service.queries.timeline(case_id), mark)
    await service.looks.opened(caller.actor, Sight(case_id, now.row.territory, "timeline"))
    return _board(board)


@router.get("/cases/{case_id}/chain", response_model=ChainCheck, operation_id="read_chain")
async def read_chain(
    case_id: UUID, caller: Called, wanted: Annotated[TimelineFilter, Query()]
) -> Response:
    """The check of a case's hashes, made now. Whose it is, is read from the register: a case that
    somebody has tampered with may not be readable."""
    service = caller.service
    await service.watermarks.reach("case_register", wanted.min_position)
    placed = await service.queries.placed(case_id)
    if placed is None or not await _may_see(caller, placed, "read_chain"):
        raise no_such_case(case_id)
    rows, chain = await service.archive.checked(case_id)
    broken = chain.broken
    told = {
        "verified": chain.events,
        "head": chain.head.hex() if chain.head else None,
        "ok": broken is None,
        "broken": broken and {"position": broken.position, "reason": broken.reason},
        "seal": await seal_of(service, rows),
        "export": Desk(service).may_see(caller.actor, placed, "read_evidence"),
    }
    return answer_with(told)


@router.get("/backlog", response_model=BacklogBoard, operation_id="read_backlog")
async def read_backlog(caller: Called, wanted: Annotated[BacklogFilter, Query()]) -> Response:
    """What lies with each unit of the actor's territory, now or at another time; a unit sees its
    own. The line of no unit is what waits to be dispatched."""
    asked = Reach(wanted.territory, wanted.unit)
    seen, places = await _reach(caller, "read_backlog", asked, wanted.drawn_at)
    load = Load(places=places, unit=seen.unit, overdue_after=wanted.overdue_after)
    boards = caller.service.boards
    return _board(await boards.backlog(load, wanted.when(), wanted.min_position))


@router.get("/channels", response_model=ChannelBoard, operation_id="read_channels")
async def read_channels(caller: Called, wanted: Annotated[ChannelFilter, Query()]) -> Response:
    """How petitions of the actor's territory came in, and how they ended; now or at
    another time."""
    asked = Reach(wanted.territory)
    _, places = await _reach(caller, "read_channels", asked, wanted.drawn_at)
    mix = Mix(by=wanted.by, places=places, first=wanted.first, last=wanted.last)
    boards = caller.service.boards
    board = await boards.channels(mix, wanted.when(), wanted.min_position)
    told = {"items": board.items, "proactive": proactive(board.items)}
    return answer_with(told | {"watermark": board.watermark.model_dump()})


@router.get("/response-times", response_model=ResponseBoard, operation_id="read_response_times")
async def read_response_times(
    caller: Called, wanted: Annotated[ResponseFilter, Query()]
) -> Response:
    """Days from filing to first reply, per group and for `all`, in the actor's territory; now or at
    another time."""
    asked = Reach(wanted.territory)
    _, places = await _reach(caller, "read_response_times", asked, wanted.drawn_at)
    when, boards = wanted.when(), caller.service.boards
    return _board(await boards.response_times(wanted.by, places, when, wanted.min_position))


async def _reach(
    caller: Caller, action: str, asked: Reach, drawn_at: datetime | None
) -> tuple[Reach, Places]:
    """What of it the actor may see, and which territories that is. Raises Rejected."""
    await caller.service.map.fresh()
    seen = ACCESS.reach(caller.actor, action, asked, caller.service.map.within)
    return seen, caller.service.map.below(seen.territory, drawn_at)


async def _may_see(caller: Caller, row: Placed, action: str) -> bool:
    await caller.service.map.fresh()
    return Desk(caller.service).may_see(caller.actor, row, action)


def _board(board: Board) -> Response:
    return answer_with({"items": board.items, "watermark": board.watermark.model_dump()})
