"""Entrypoint: reports of hours as files."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import IO, Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.reporting.answers import HoursReport
from services.volunteer.reporting.filters import Format, ReportFilter
from services.volunteer.reporting.making import make
from services.volunteer.reporting.sheets import KINDS
from shared.core.access import Reach
from shared.runtime.web import documented

IN_MEMORY, CHUNK = 4 << 20, 1 << 16
FILE = {"schema": {"type": "string", "format": "binary"}}
FILES = {kind: FILE for name, kind in KINDS.items() if name != "json"}

router = APIRouter(responses=documented.problems(401, 403, 422, 503))


@router.get(
    "/hours-report.{kind}",
    operation_id="download_hours_report",
    response_class=Response,
    responses={200: {"model": HoursReport, "content": FILES}},
)
async def download_hours_report(
    kind: Format, caller: Called, wanted: Annotated[ReportFilter, Query()]
) -> Response:
    """Approved, waiting, rejected and reversed hours of a period by person, team, month, service
    or territory, as a workbook, as CSV or as JSON. It says up to which position of the log it is
    true, by which rules, and when it was made. People are ids, with names beside them for who may
    see those."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.under)
    seen = ACCESS.reach(caller.actor, "download_hours_report", asked, service.map.within)
    await service.watermarks.reach("service_records", wanted.min_position)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - sent, then closed
    try:
        async with service.drawing:
            under = seen.territory or caller.actor.territory
            await make(service, caller.actor, wanted, under, (kind, file))
    except BaseException:
        file.close()
        raise
    name = f"hours-{wanted.first or 'all'}-{wanted.last or 'now'}.{kind}"
    how = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_sent(file), media_type=KINDS[kind], headers=how)


async def _sent(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
