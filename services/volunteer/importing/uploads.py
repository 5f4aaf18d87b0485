"""Entrypoint: a file of an earlier system as the body of a request, a verdict for each row."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.importing.columns import Kind
from services.volunteer.importing.loading import Importing
from services.volunteer.importing.reading import Book, book_of
from shared.core.access import Reach
from shared.core.messages import Command
from shared.runtime.commands.submission import Submission
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem
from shared.sheets.refusal import Refused
from shared.sheets.rejects import Reject

LARGEST_FILE = 32 * 1_048_576
SHOWN = 500  # rows that were not taken
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES: Mapping[str, str] = {"text/csv": "upload.csv", XLSX: "upload.xlsx"}
BODY: dict[str, Any] = {
    "required": True,
    "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in NAMES},
}
PROBLEMS = documented.problems(400, 401, 403, 413, 422, 503) | {
    415: {**documented.problems(415)[415], "description": "The body is not declared as a sheet"}
}
UPLOADS = tuple(f"/imports/{kind}" for kind in get_args(Kind))

router = APIRouter()


class Origin(BaseModel):
    """The earlier system's name, always the same: a row is known again by it and its own number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


class Fault(BaseModel):
    """A row that was not taken, by its number in a spreadsheet program, and why."""

    row: int
    column: str
    reason: str


class Imported(BaseModel):
    """What became of the rows of a file. `known` were brought in before just so; `faults` has those
    that were refused, `more` how many of them are not shown. `position` is where the last event of
    it lies in the log, 0 where it brought none."""

    rows: int
    taken: int
    known: int
    refused: int
    position: int
    faults: list[Fault]
    more: int


@router.post(
    "/imports/{kind}",
    response_model=Imported,
    operation_id="upload_import",
    responses=PROBLEMS,
    openapi_extra={**documented.needs(documented.IDEMPOTENCY_KEY), "requestBody": BODY},
)
async def upload_import(
    kind: Kind, request: Request, caller: Called, origin: Annotated[Origin, Query()]
) -> Response:
    """Bring in volunteers, teams, their members, hours with their history, or opening balances,
    from a CSV or XLSX file of up to 32 MiB with Chinese or English headers. Every row has one
    verdict; good rows are taken whatever becomes of others, and the same file twice adds nothing.
    Needs an `Idempotency-Key`."""
    service = caller.service
    await service.map.fresh()
    ACCESS.reach(caller.actor, "upload_import", Reach(), service.map.within)
    name = NAMES.get(request.headers.get("content-type", "").partition(";")[0].strip().lower())
    if name is None:
        raise Problem(415, "not_a_sheet", f"send {' or '.join(NAMES)}")
    if service.importing.locked():
        detail = "another file is being taken; send the same request again"
        raise Problem(503, "busy", detail, headers={"retry-after": "10"})
    async with service.importing:
        asking, now = await caller.asks(request), datetime.now(UTC)
        try:
            book = await asyncio.to_thread(_read, await request.body(), name, kind, now)
        except Refused as refused:
            raise Problem(422, "unreadable_file", str(refused)) from None
        # The key stands for this file from now on.
        nothing = Command(at=now, actor=caller.actor)
        await service.executor.execute(Submission(asking.identity, nothing, (), lambda _: ()))
        faults: list[Reject] = []
        into = Importing(service, book, origin.source, caller.actor, now, faults.append)
        return answer_with(_told(asdict(await into.run()), faults))


def _told(summary: dict[str, Any], faults: list[Reject]) -> dict[str, Any]:
    faults.sort(key=lambda fault: fault.row)
    shown = [asdict(fault) for fault in faults[:SHOWN]]
    return {**summary, "faults": shown, "more": max(len(faults) - SHOWN, 0)}


def _read(body: bytes, name: str, kind: Kind, now: datetime) -> Book:
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        path = Path(folder, name)
        path.write_bytes(body)
        return book_of(path, kind, now=now)
