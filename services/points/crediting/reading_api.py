"""Entrypoint: HTTP to what accounts of points hold, and how it came."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.points.access import ACCESS
from services.points.account_file import account_then, no_such_account
from services.points.caller import Called, Caller
from services.points.crediting import reckoning, views
from services.points.crediting.answers import AccountView, KeptAccounts, Reasons, Statement
from services.points.crediting.desk import AccountDesk
from services.points.crediting.filters import Fresh, ReasonsFilter, StatementFilter
from services.points.crediting.named import Account, Named
from services.points.queries.accounts import Accounts, Lines
from services.points.queries.homes import Homes
from shared.core.access import Reach, Thing
from shared.core.local_time import day_of, end_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

READS = documented.problems(401, 403, 404, 422, 503)

router = APIRouter(responses=READS)


@router.get(
    "/accounts/{kind}/{holder}", response_model=AccountView, operation_id="read_points_account"
)
async def read_points_account(
    named: Account, caller: Called, wanted: Annotated[Fresh, Query()]
) -> Response:
    """What may be spent today, what is put aside and owed, and every day with which something
    ends. For who keeps it, for who lives in the household, and for the counter of its home."""
    service = caller.service
    mark = await service.watermarks.reach("points_accounts", wanted.min_position)
    row = await _seen(caller, named, "read_points_account")
    view = views.account_view(row, await service.rules(row["territory"]))
    return answer_with({**view, "watermark": mark.model_dump()})


@router.get(
    "/accounts/{kind}/{holder}/entries", response_model=Statement, operation_id="read_point_entries"
)
async def read_point_entries(
    named: Account, caller: Called, wanted: Annotated[StatementFilter, Query()]
) -> Response:
    """How each point came and went, the latest first, and what was there after it; up to the end
    of a day, as it was on record then."""
    service = caller.service
    await service.watermarks.reach("points_accounts", wanted.min_position)
    mark = await service.watermarks.reach("point_entries", wanted.min_position)
    row = await _seen(caller, named, "read_point_entries")
    head, upto = await _head(caller, named, row, wanted.as_of)
    about = Lines(kind=named[0], holder=named[1], upto=upto, after=wanted.after)
    rows = await Accounts(service.pool).lines(about, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await views.lines(service, row, shown, caller.actor),
        **head,
        "next": shown[-1]["number"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get(
    "/people/{person}/accounts", response_model=KeptAccounts, operation_id="read_kept_accounts"
)
async def read_kept_accounts(
    person: UUID, caller: Called, wanted: Annotated[Fresh, Query()]
) -> Response:
    """The accounts that somebody keeps, and that of their household: of others, those at home in
    one's own territory."""
    service, actor = caller.service, caller.actor
    mark = await service.watermarks.reach("points_accounts", wanted.min_position)
    await service.map.fresh()
    ACCESS.check(actor, "read_kept_accounts", Thing(owner=str(person)), service.map.within)
    known = await Homes(service.pool).of(person)
    household = known.household if known else None
    rows = await Accounts(service.pool).kept(person, household)
    seen = [
        row
        for row in rows
        if ACCESS.allows(
            actor,
            "read_points_account",
            Thing((row["territory"],), owner=str(person)),
            service.map.within,
        )
    ]
    own = actor.person == person
    page = {
        "items": [views.account_line(row) for row in seen],
        "household": household if own or seen else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/reasons", response_model=Reasons, operation_id="read_reasons")
async def read_reasons(caller: Called, wanted: Annotated[ReasonsFilter, Query()]) -> Response:
    """For what points are given in a territory today, how many, and which of these you may give at
    once."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    ACCESS.reach(actor, "read_reasons", Reach(wanted.territory), service.map.within)
    place = wanted.territory or actor.territory
    rules = await service.rules(place)
    told = {
        "items": views.reasons(rules, actor),
        "territory": place,
        "rules": rules.version,
        "daily": rules.daily,
        "monthly": rules.monthly,
    }
    return answer_with(told)


async def _seen(caller: Caller, named: Named, action: str) -> Any:
    """The row of the account. Raises Problem (404) for one that is not theirs to see."""
    service, (kind, holder) = caller.service, named
    row = await Accounts(service.pool).of(kind, holder)
    await service.map.fresh()
    owner = str(row["keeper"]) if row else str(holder)
    if kind == "household" and await _lives_there(caller, holder):
        owner = caller.actor.id
    AccountDesk(service).check(
        named, (row["territory"] if row else "", owner), caller.actor, action
    )
    if row is None:
        raise no_such_account(holder)
    return row


async def _lives_there(caller: Caller, household: UUID) -> bool:
    person = caller.actor.person
    known = await Homes(caller.service.pool).of(person) if person else None
    return known is not None and known.household == household


async def _head(
    caller: Caller, named: Named, row: Any, day: str | None
) -> tuple[dict[str, Any], int | None]:
    """What was there at the end of that day, today's without any, and the last position on record
    by then."""
    now = datetime.now(UTC)
    known, upto = reckoning.account_in(row), None
    held, owed = row["held"], row["debt"]
    if day is not None and day < day_of(now):
        known, upto = await account_then(caller.service, *named, end_of(day))
        held, owed = known.held, known.debt
    there = reckoning.stood(known, day or day_of(now), now)
    return {"day": day or day_of(now), **there._asdict(), "held": held, "owed": owed}, upto
