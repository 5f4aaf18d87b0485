"""Entrypoint: HTTP to campaigns, and to what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.grievance.access import ACCESS
from services.grievance.caller import Called
from services.grievance.campaign.commands import (
    CloseCampaign,
    LinkCampaignCase,
    OpenCampaign,
    RecordCampaignResult,
)
from services.grievance.campaigning.answers import CampaignLine, CampaignList
from services.grievance.campaigning.desk import CampaignDesk
from services.grievance.campaigning.forms import (
    CampaignFilter,
    Closing,
    Linking,
    Opening,
    Outcome,
)
from services.grievance.queries.campaigns import Asked
from services.grievance.service import Grievance
from shared.core.access import Reach, action_of
from shared.core.sealed import Sealed
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.requests import expected_version

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
OTHERS = ("id", "open", "words")
SHOWN = tuple(name for name in CampaignLine.model_fields if name not in OTHERS)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": COMMANDS | documented.problems(412, 428),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY, documented.IF_MATCH),
}

router = APIRouter(prefix="/campaigns", responses=READS)


@router.post(
    "",
    status_code=201,
    response_model=Receipt,
    operation_id=action_of(OpenCampaign),
    responses=COMMANDS,
    openapi_extra=documented.needs(documented.IDEMPOTENCY_KEY),
)
async def open_campaign(form: Opening, request: Request, caller: Called) -> Response:
    """Open a campaign. Needs an `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await CampaignDesk(caller.service).open(form, asking), 201)


@router.post("/{campaign_id}/link", operation_id=action_of(LinkCampaignCase), **STEP)
async def link_campaign_case(
    campaign_id: UUID, form: Linking, request: Request, caller: Called
) -> Response:
    """Deal with a case in the campaign; both say so from then on. Needs `Idempotency-Key` and
    `If-Match`."""
    asking = await caller.asks(request, expected_version(request))
    return receipt(await CampaignDesk(caller.service).link(campaign_id, form, asking))


@router.post("/{campaign_id}/result", operation_id=action_of(RecordCampaignResult), **STEP)
async def record_campaign_result(
    campaign_id: UUID, form: Outcome, request: Request, caller: Called
) -> Response:
    """Record what came of it. Needs `Idempotency-Key` and `If-Match`."""
    asking = await caller.asks(request, expected_version(request))
    return receipt(await CampaignDesk(caller.service).step(campaign_id, form, asking))


@router.post("/{campaign_id}/close", operation_id=action_of(CloseCampaign), **STEP)
async def close_campaign(
    campaign_id: UUID, form: Closing, request: Request, caller: Called
) -> Response:
    """End it. Needs `Idempotency-Key` and `If-Match`."""
    asking = await caller.asks(request, expected_version(request))
    return receipt(await CampaignDesk(caller.service).step(campaign_id, form, asking))


@router.get("", response_model=CampaignList, operation_id="read_campaigns")
async def read_campaigns(caller: Called, wanted: Annotated[CampaignFilter, Query()]) -> Response:
    """Campaigns of the actor's territory, the latest first, and what came of all of them."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_campaigns", asked, service.map.within)
    places = service.map.below(seen.territory)
    mark = await service.watermarks.reach("campaign_results", wanted.min_position)
    about = Asked(places=places, is_open=wanted.open, before=wanted.after)
    rows = await service.campaigns.page(about, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await _lines(service, shown),
        "totals": await service.campaigns.totals(places),
        "next": shown[-1]["number"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


async def _lines(service: Grievance, rows: Sequence[Any]) -> list[dict[str, Any]]:
    texts = await service.sealer.open(
        Sealed(subject=row["person"], field="words", box=row["words"]) if row["words"] else None
        for row in rows
    )
    return [
        {
            "id": row["campaign_id"],
            "open": row["closed_at"] is None,
            "words": text,
            **{name: row[name] for name in SHOWN},
        }
        for row, text in zip(rows, texts, strict=True)
    ]
