"""Entrypoint: the rules for points, and what others would have cost."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.points.access import ACCESS
from services.points.caller import Called
from services.points.points_rules.commands import PublishPointsRules, WithdrawPointsRules
from services.points.ruling import desk, trying, views
from services.points.ruling.answers import Preview, RulesList
from services.points.ruling.forms import (
    RulesFilter,
    RulesPreview,
    RulesPublication,
    RulesWithdrawal,
    Version,
)
from shared.core.access import Reach, action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.leaving import while_waited_for

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)

router = APIRouter(responses=READS)


@router.get("/rules", response_model=RulesList, operation_id="read_rules")
async def read_rules(caller: Called, wanted: Annotated[RulesFilter, Query()]) -> Response:
    """All rules with the sources of their figures, and by which of them points of a territory are
    given now."""
    service = caller.service
    await service.map.fresh()
    ACCESS.reach(caller.actor, "read_rules", Reach(wanted.territory), service.map.within)
    place = wanted.territory or caller.actor.territory
    return answer_with(await views.listed(service, place))


@router.post(
    "/rules",
    status_code=201,
    response_model=Receipt,
    operation_id=action_of(PublishPointsRules),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def publish_points_rules(
    form: RulesPublication, request: Request, caller: Called
) -> Response:
    """Publish rules. What was done before stays as it was given. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await desk.publish(caller.service, form.rules, asking), 201)


@router.post(
    "/rules/preview",
    response_model=Preview,
    operation_id="preview_rules",
    responses=documented.problems(400, 413, 415),
)
async def preview_rules(form: RulesPreview, request: Request, caller: Called) -> Response:
    """What rules would have cost, before anybody publishes them: every deed of these months is
    given its points anew, under their limits. That takes up to some minutes, and is given up when
    whoever asked goes. Nothing is written down."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(form.rules.scope or None)
    seen = ACCESS.reach(caller.actor, "preview_rules", asked, service.map.within)
    trial = trying.preview(service, form, seen.territory)
    return answer_with(await while_waited_for(request, trial))


@router.post(
    "/rules/{version}/withdraw",
    response_model=Receipt,
    operation_id=action_of(WithdrawPointsRules),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def withdraw_points_rules(
    version: Version, form: RulesWithdrawal, request: Request, caller: Called
) -> Response:
    """Withdraw rules before the day on which they start. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await desk.withdraw(caller.service, version, asking))
