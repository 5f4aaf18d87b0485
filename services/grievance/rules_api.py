"""Entrypoint: the rule books."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.grievance import rules_desk, rules_views
from services.grievance.access import ACCESS
from services.grievance.caller import Called
from services.grievance.filters import RulesFilter
from services.grievance.queries import rule_books
from services.grievance.rule_book.commands import PublishRuleBook, WithdrawRuleBook
from services.grievance.rules_answers import Books
from services.grievance.rules_forms import Publication, Version, Withdrawn
from shared.core.access import Reach, action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

COMMANDS = documented.problems(400, 409, 413, 415)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)

router = APIRouter(prefix="/rules")


@router.get("", response_model=Books, operation_id="read_rules")
async def read_rules(caller: Called, wanted: Annotated[RulesFilter, Query()]) -> Response:
    """All rule books with every figure, its source, and what it was before; and by which of them
    cases of a territory are decided now."""
    service, asked = caller.service, Reach(wanted.territory)
    await service.map.fresh()
    seen = ACCESS.reach(caller.actor, "read_rules", asked, service.map.within)
    await service.rules.fresh()
    mark = await service.watermarks.reach("rule_books", wanted.min_position)
    place, now = seen.territory or "", rules_views.now()
    above = rules_views.above(service, place)
    found = {
        "items": rules_views.books(service, await rule_books.published(service.pool), now),
        "territory": place,
        "in_force": service.rules.in_force(above, now).version,
        "watermark": mark.model_dump(),
    }
    return answer_with(found)


@router.post(
    "",
    status_code=201,
    response_model=Receipt,
    operation_id=action_of(PublishRuleBook),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def publish_rule_book(form: Publication, request: Request, caller: Called) -> Response:
    """Publish a rule book. What was promised before stays promised. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await rules_desk.publish(caller.service, form.book, asking), 201)


@router.post(
    "/{version}/withdraw",
    response_model=Receipt,
    operation_id=action_of(WithdrawRuleBook),
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def withdraw_rule_book(
    version: Version, form: Withdrawn, request: Request, caller: Called
) -> Response:
    """Withdraw a rule book before the day on which it starts. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await rules_desk.withdraw(caller.service, version, asking))
