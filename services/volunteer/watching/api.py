"""Entrypoint: hours that are to be looked into, over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, get_args
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.joining import names
from services.volunteer.queries.findings import Findings, Kind
from services.volunteer.watching.answers import VERSION, FindingBoard, FindingFilter
from shared.core.access import Reach
from shared.core.local_time import day_of, end_of, start_of
from shared.core.messages import Rejected
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

MODELS = ("service_records", "help_requests")
DAYS = 30
MOST = timedelta(days=100)
UNDO = {"approved": "reverse", "logged": "reject"}

router = APIRouter(responses=documented.problems(401, 403, 422, 503))


@router.get("/findings", response_model=FindingBoard, operation_id="read_findings")
async def read_findings(caller: Called, wanted: Annotated[FindingFilter, Query()]) -> Response:
    """Hours of the actor's territory that cannot be, or that nobody can answer for."""
    service, findings = caller.service, Findings(caller.service.pool)
    marks = [await service.watermarks.reach(one, wanted.min_position) for one in MODELS]
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_findings", asked, service.map.within)
    places = service.map.below(seen.territory)
    days = _days(wanted)
    moments = start_of(days[0]), end_of(days[1])
    kinds: Sequence[Kind] = (wanted.kind,) if wanted.kind else get_args(Kind)
    found: list[dict[str, Any]] = []
    more: list[Kind] = []
    for kind in kinds:
        rows = await findings.of(kind, places, days, moments, wanted.limit + 1)
        found += [{**row, "kind": kind} for row in rows[: wanted.limit]]
        more += [kind] if len(rows) > wanted.limit else []
    records = await findings.records([one for row in found for one in row["records"]])
    about = [(one["person"], one["territory"]) for one in records.values()]
    known = await names.among(service, caller.actor, about)
    board = {
        "first": days[0],
        "last": days[1],
        "items": [_finding(row, records, known) for row in found],
        "more": more,
        "watermark": min(marks, key=lambda mark: mark.position).model_dump(),
    }
    return answer_with(board)


def _finding(
    row: Mapping[str, Any],
    records: Mapping[UUID, Mapping[str, Any]],
    known: Mapping[UUID, str],
) -> dict[str, Any]:
    own = [records[one] for one in row["records"] if one in records]
    return {
        **{name: row[name] for name in ("kind", "territory", "day", "by", "figure")},
        "version": VERSION,
        "people": [*dict.fromkeys(one["person"] for one in own)],
        "records": [
            {
                **{name: value for name, value in one.items() if name != "record_id"},
                "name": known.get(one["person"]),
                "undo": UNDO.get(one["status"]),
            }
            for one in own
        ],
    }


def _days(wanted: FindingFilter) -> tuple[str, str]:
    last = wanted.last or day_of(datetime.now(UTC))
    first = wanted.first or day_of(start_of(last) - timedelta(days=DAYS - 1))
    if first > last:
        raise Rejected("ends_before_it_begins", "to lies before from", "to")
    if end_of(last) - start_of(first) > MOST:
        raise Rejected("too_many_days", f"at most {MOST.days} days at once", "from")
    return first, last
