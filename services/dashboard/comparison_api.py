"""Entrypoint: HTTP to territories side by side, as an answer and as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.dashboard import comparison_files as files
from services.dashboard import comparison_views as views
from services.dashboard.answers import Comparison
from services.dashboard.caller import Called, Caller
from services.dashboard.comparisons import Comparison as Compared
from services.dashboard.filters import ComparisonFilter
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

router = APIRouter(responses=documented.problems(401, 403, 422, 503))
Wanted = Annotated[ComparisonFilter, Query()]


def _file(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/comparison", response_model=Comparison, operation_id="read_comparison")
async def read_comparison(caller: Called, wanted: Wanted) -> Response:
    """Territories of one level side by side, with intervals and ranks."""
    found = await _compare(caller, "read_comparison", wanted)
    return answer_with(views.comparison(caller.service.map, found))


@router.get(
    "/comparison.csv",
    response_class=Response,
    responses=_file(files.CSV),
    operation_id="download_comparison_csv",
)
async def download_comparison_csv(caller: Called, wanted: Wanted) -> Response:
    """The same as CSV, with rule version, period and watermark in the file."""
    found = await _compare(caller, "download_comparison_csv", wanted)
    return await _download(caller, found, files.as_csv, files.CSV)


@router.get(
    "/comparison.xlsx",
    response_class=Response,
    responses=_file(files.XLSX),
    operation_id="download_comparison_xlsx",
)
async def download_comparison_xlsx(caller: Called, wanted: Wanted) -> Response:
    """The same as a workbook, with rule version, period and watermark in the file."""
    found = await _compare(caller, "download_comparison_xlsx", wanted)
    return await _download(caller, found, files.as_xlsx, files.XLSX)


async def _compare(caller: Caller, action: str, wanted: ComparisonFilter) -> Compared:
    territory = await caller.reach(action, wanted.territory)
    return await caller.service.comparisons.compare(wanted.of(territory))


async def _download(
    caller: Caller, found: Compared, made: Callable[[Compared, MapCopy], bytes], kind: str
) -> Response:
    content = await asyncio.to_thread(made, found, caller.service.map)
    name = files.name_of(found, made.__name__.removeprefix("as_"))
    about = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=about, media_type=kind)
