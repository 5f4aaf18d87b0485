"""Entrypoint: the rules for hours, time and stars, and who reaches which star by them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.ruling import desk, views
from services.volunteer.ruling.answers import Eligibility, Preview, RulesList
from services.volunteer.ruling.forms import (
    EligibleFilter,
    PreviewFilter,
    RulesFilter,
    RulesPreview,
    RulesPublication,
    RulesWithdrawal,
    Version,
)
from services.volunteer.volunteer_rules.commands import (
    PublishVolunteerRules,
    WithdrawVolunteerRules,
)
from shared.core.access import Reach, action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)

router = APIRouter(responses=READS)


@router.get("/rules", response_model=RulesList, operation_id="read_rules")
async def read_rules(caller: Called, wanted: Annotated[RulesFilter, Query()]) -> Response:
    """All rules with the sources of their figures, and by which of them hours and stars of a
    territory are judged now."""
    service = caller.service
    await service.map.fresh()
    ACCESS.reach(caller.actor, "read_rules", Reach(wanted.territory), service.map.within)
    place = wanted.territory or caller.actor.territory
    return answer_with(await views.listed(service, place))


@router.post(
    "/rules",
    status_code=201,
    response_model=Receipt,
    operation_id=action_of(PublishVolunteerRules),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def publish_volunteer_rules(
    form: RulesPublication, request: Request, caller: Called
) -> Response:
    """Publish rules. What was applied for before is decided by the rules of then. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await desk.publish(caller.service, form.rules, asking), 201)


@router.post(
    "/rules/preview",
    response_model=Preview,
    operation_id="preview_rules",
    responses=documented.problems(400, 413, 415),
)
async def preview_rules(
    form: RulesPreview, caller: Called, wanted: Annotated[PreviewFilter, Query()]
) -> Response:
    """What rules would change, before anybody publishes them: how many people would reach another
    star, and who. Nothing is written down."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(form.rules.scope or None)
    seen = ACCESS.reach(caller.actor, "preview_rules", asked, service.map.within)
    return answer_with(await views.preview(service, form.rules, seen, wanted))


@router.post(
    "/rules/{version}/withdraw",
    response_model=Receipt,
    operation_id=action_of(WithdrawVolunteerRules),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def withdraw_volunteer_rules(
    version: Version, form: RulesWithdrawal, request: Request, caller: Called
) -> Response:
    """Withdraw rules before the day on which they start. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await desk.withdraw(caller.service, version, asking))


@router.get("/eligibility", response_model=Eligibility, operation_id="read_eligibility")
async def read_eligibility(caller: Called, wanted: Annotated[EligibleFilter, Query()]) -> Response:
    """Who reaches which star under the rules in force, or under those of another version; computed
    from the hours as they stand, and never an award."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_eligibility", asked, service.map.within)
    rules = await service.rules(seen.territory or "")
    if wanted.version is not None:
        found = (await service.books.fresh()).of(wanted.version)
        if found is None:
            raise desk.no_such_rules(wanted.version)
        rules = found
    return answer_with(await views.eligible(service, rules, seen, wanted))
