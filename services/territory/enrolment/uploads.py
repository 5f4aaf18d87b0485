"""Entrypoint: a file of households as the body of a request, a verdict for each of its rows."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from services.territory.access import ACCESS
from services.territory.caller import Called, Caller
from services.territory.enrolment.enrolling import Enrolling
from services.territory.enrolment.reading import Roll, roll_of
from shared.core.access import Reach
from shared.core.messages import Command
from shared.runtime.commands.submission import Identity, Submission
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem
from shared.sheets.refusal import Refused
from shared.sheets.rejects import Reject

UPLOADS = "/households/uploads"
LARGEST_FILE = 32 * 1_048_576
SHOWN = 500  # rows that were not taken
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES: Mapping[str, str] = {"text/csv": "upload.csv", XLSX: "upload.xlsx"}
BODY: dict[str, Any] = {
    "required": True,
    "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in NAMES},
}
PROBLEMS = documented.problems(400, 413) | {
    415: {**documented.problems(415)[415], "description": "The body is not declared as a sheet"}
}

router = APIRouter()


class Fault(BaseModel):
    """A row that was not taken, by its number in a spreadsheet program, and why."""

    row: int
    column: str
    reason: str


class Upload(BaseModel):
    """What became of the rows of a file. `known` were on the roster just so; `faults` has those
    that were refused, `more` how many of them are not shown. `position` is where the last event of
    it lies in the log, 0 where it brought none."""

    rows: int
    registered: int
    known: int
    refused: int
    position: int
    faults: list[Fault]
    more: int


@router.post(
    UPLOADS,
    response_model=Upload,
    operation_id="enrol_households",
    responses=PROBLEMS,
    openapi_extra={**documented.needs(documented.IDEMPOTENCY_KEY), "requestBody": BODY},
)
async def enrol_households(request: Request, caller: Called) -> Response:
    """Register the households of a CSV or XLSX file of up to 32 MiB. Columns: 楼栋 (building),
    门牌 (door), 建筑面积 (area, in m² with up to two decimals), where it is known 登记日期 (since).

    Every row has one verdict, and good rows are taken whatever becomes of others. A file that was
    broken off half-way is sent again; the same file twice adds nothing. Needs an
    `Idempotency-Key`."""
    service = caller.service
    await service.map.fresh()
    ACCESS.reach(caller.actor, "enrol_households", Reach(), service.map.within)
    name = NAMES.get(request.headers.get("content-type", "").partition(";")[0].strip().lower())
    if name is None:
        raise Problem(415, "not_a_sheet", f"send {' or '.join(NAMES)}")
    if service.uploading.locked():
        detail = "another file is being taken; send the same request again"
        raise Problem(503, "busy", detail, headers={"retry-after": "10"})
    async with service.uploading:
        return answer_with(await _taken(request, caller, name))


async def _taken(request: Request, caller: Caller, name: str) -> dict[str, Any]:
    asking = await caller.asks(request)
    now = datetime.now(UTC)
    try:
        roll = await asyncio.to_thread(_read, await request.body(), name, now)
    except Refused as refused:
        raise Problem(422, "unreadable_file", str(refused)) from None
    await _claim(caller, asking.identity, now)
    await _see_buildings(caller, roll)
    faults: list[Reject] = []
    summary = await Enrolling(caller.service, roll, asking.actor, now, faults.append).run()
    faults.sort(key=lambda fault: fault.row)
    return {
        **asdict(summary),
        "faults": [asdict(fault) for fault in faults[:SHOWN]],
        "more": max(len(faults) - SHOWN, 0),
    }


def _read(body: bytes, name: str, now: datetime) -> Roll:
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        path = Path(folder, name)
        path.write_bytes(body)
        return roll_of(path, now=now)


async def _claim(caller: Caller, identity: Identity, now: datetime) -> None:
    """The key stands for this file from now on. Raises KeyReused where it stood for another."""
    command = Command(at=now, actor=caller.actor)
    nothing = Submission(identity, command, (), lambda _: ())
    await caller.service.executor.execute(nothing)


async def _see_buildings(caller: Caller, roll: Roll) -> None:
    """The map as far as the file's buildings are on it. Raises Problem (503) while it is behind."""
    service = caller.service
    atlas = await service.map.fresh()
    if any(atlas.get(code) is None for code in roll.buildings):
        await service.map.reach(await service.head())
