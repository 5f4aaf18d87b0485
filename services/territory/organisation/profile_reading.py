"""Entrypoint: profiles, management, practices and trainings, read over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.territory.caller import Called
from services.territory.forms import Code
from services.territory.organisation import asked, telling
from services.territory.organisation.filters import AreaFilter, Filter, ManagementFilter
from services.territory.queries.profiles import Profiles
from shared.runtime.web.answering import answer_with

router = APIRouter()


@router.get(
    "/territories/{code}/profile", response_model=telling.ProfileView, operation_id="read_profile"
)
async def read_profile(code: Code, caller: Called, wanted: Annotated[Filter, Query()]) -> Response:
    """The latest declared figures of a territory and how it is managed, now or at another time."""
    models = ("territory_profile", "management_history")
    mark = await asked.mark(caller, wanted.min_position, *models)
    asked.check(caller, "read_profile", asked.territory(caller, code).code)
    profiles, moment = Profiles(caller.service.pool), wanted.moment()
    managed = await profiles.managed([code], moment)
    view = {
        "territory": code,
        "items": await profiles.profile(code, moment),
        "management": managed[0] if managed else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(view)


@router.get(
    "/territories/{code}/management",
    response_model=telling.ManagementBoard,
    operation_id="read_management",
)
async def read_management(
    code: Code, caller: Called, wanted: Annotated[Filter, Query()]
) -> Response:
    """How a territory was managed, from when to when, up to `at`."""
    mark = await asked.mark(caller, wanted.min_position, "management_history")
    asked.check(caller, "read_management", asked.territory(caller, code).code)
    history = await Profiles(caller.service.pool).history([code])
    items = [line for line in history if line["since"] <= wanted.moment()]
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get(
    "/management", response_model=telling.ManagementBoard, operation_id="read_management_board"
)
async def read_management_board(
    caller: Called, wanted: Annotated[ManagementFilter, Query()]
) -> Response:
    """The territories that nobody manages, or that are managed so, for longest first. Those that
    had been merged, split or closed by then are not shown."""
    mark = await asked.mark(caller, wanted.min_position, "management_history")
    where = asked.codes(caller, "read_management_board", wanted.territory)
    moment, atlas = wanted.moment(), caller.service.map.atlas
    found = await Profiles(caller.service.pool).managed(where, moment, wanted.mode)
    ends = {line["territory"]: atlas.territories[line["territory"]].until for line in found}
    items = [line for line in found if (end := ends[line["territory"]]) is None or moment < end]
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get("/handovers", response_model=telling.HandoverBoard, operation_id="read_handovers")
async def read_handovers(caller: Called, wanted: Annotated[AreaFilter, Query()]) -> Response:
    """What state enterprises hand over, and what they have."""
    mark = await asked.mark(caller, wanted.min_position, "handovers")
    where = asked.codes(caller, "read_handovers", wanted.territory)
    items = await Profiles(caller.service.pool).handovers(where, wanted.moment())
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get("/practices", response_model=telling.PracticeBoard, operation_id="read_practices")
async def read_practices(caller: Called, wanted: Annotated[AreaFilter, Query()]) -> Response:
    """What territories have adopted, and from where."""
    mark = await asked.mark(caller, wanted.min_position, "practices")
    where = asked.codes(caller, "read_practices", wanted.territory)
    items = await Profiles(caller.service.pool).practices(where, wanted.moment())
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get("/trainings", response_model=telling.TrainingBoard, operation_id="read_trainings")
async def read_trainings(caller: Called, wanted: Annotated[AreaFilter, Query()]) -> Response:
    """Trainings that were held by then."""
    mark = await asked.mark(caller, wanted.min_position, "trainings")
    where = asked.codes(caller, "read_trainings", wanted.territory)
    held = await Profiles(caller.service.pool).trainings(where, wanted.moment())
    return answer_with({"items": held, "watermark": mark.model_dump()})
