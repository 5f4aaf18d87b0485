"""Entrypoint: a case as a file of evidence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.grievance.caller import Called
from services.grievance.desk import Desk, no_such_case
from services.grievance.evidence.exporting import exported
from services.grievance.photos.api import BINARY, HARMLESS
from shared.runtime.web import documented

ZIP = "application/zip"
BUNDLE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The bundle, as docs/evidence/bundle.md has it", "content": {ZIP: BINARY}}
}

router = APIRouter(responses=BUNDLE)


@router.get(
    "/cases/{case_id}/evidence",
    operation_id="read_evidence",
    response_class=Response,
    responses=documented.problems(401, 403, 404, 409, 422, 503),
)
async def read_evidence(case_id: UUID, caller: Called, redacted: bool = False) -> Response:
    """A case with the proof of its history, as one file that anybody can check without us. Values
    that the reader may see are opened in it, each with its own proof; `redacted`, none are. Waits
    some seconds where the last event is not sealed yet."""
    service, actor = caller.service, caller.actor
    placed = await service.queries.placed(case_id)
    await service.map.fresh()
    if placed is None or not Desk(service).may_see(actor, placed, "read_evidence"):
        raise no_such_case(case_id)
    bundle = await exported(service, case_id, actor, redacted=redacted)
    how = {"content-disposition": f'attachment; filename="{bundle.name}"'}
    return Response(bundle.content, media_type=ZIP, headers=HARMLESS | how)
