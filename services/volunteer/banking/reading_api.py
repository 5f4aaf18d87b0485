"""Entrypoint: HTTP to what accounts and pools hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.account_file import no_such_account
from services.volunteer.banking import views
from services.volunteer.banking.answers import AccountView, Liability, PoolView, Statement
from services.volunteer.banking.desk import AccountDesk
from services.volunteer.banking.filters import Fresh, LiabilityFilter, StatementFilter
from services.volunteer.banking.liability import liability
from services.volunteer.caller import Called
from services.volunteer.queries.accounts import Accounts, Lines
from shared.core.access import Reach, Thing
from shared.core.local_time import end_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

READS = documented.problems(401, 403, 404, 422, 503)
POOL = ("balance", "credited", "drawn", "gifts", "helps")

router = APIRouter(responses=READS)


@router.get("/accounts/{person}", response_model=AccountView, operation_id="read_account")
async def read_account(person: UUID, caller: Called, wanted: Annotated[Fresh, Query()]) -> Response:
    """What somebody has, holds and owes; whether they can spend, and what is missing. For the
    person and for the counter of their home."""
    service = caller.service
    mark = await service.watermarks.reach("time_accounts", wanted.min_position)
    row = await Accounts(service.pool).of(person)
    await service.map.fresh()
    home = row["territory"] if row else ""
    AccountDesk(service).check(person, home, caller.actor, "read_account")
    if row is None:
        raise no_such_account(person)
    view = await views.account_view(service, row, await service.rules(home))
    return answer_with({**view, "watermark": mark.model_dump()})


@router.get("/accounts/{person}/entries", response_model=Statement, operation_id="read_entries")
async def read_entries(
    person: UUID, caller: Called, wanted: Annotated[StatementFilter, Query()]
) -> Response:
    """How each minute came and went, the latest first, and what was there after it; up to the end
    of a day, as it was then."""
    service, accounts = caller.service, Accounts(caller.service.pool)
    mark = await service.watermarks.reach("time_entries", wanted.min_position)
    row = await accounts.of(person)
    await service.map.fresh()
    home = row["territory"] if row else ""
    AccountDesk(service).check(person, home, caller.actor, "read_entries")
    if row is None:
        raise no_such_account(person)
    before = end_of(wanted.as_of) if wanted.as_of else None
    about = Lines(person=person, before=before, after=wanted.after)
    rows = await accounts.lines(about, wanted.limit + 1)
    shown = rows[: wanted.limit]
    stood = shown[0] if shown and wanted.after is None else await accounts.stood(person, before)
    page = {
        "items": shown,
        **{name: stood[name] for name in ("free", "held", "owed")},
        "next": shown[-1]["number"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/pools/{territory}", response_model=PoolView, operation_id="read_pool")
async def read_pool(territory: str, caller: Called, wanted: Annotated[Fresh, Query()]) -> Response:
    """What the pool of a territory holds: of one to which nothing was given yet, nothing."""
    service = caller.service
    await service.map.fresh()
    ACCESS.check(caller.actor, "read_pool", Thing((territory,)), service.map.within)
    await service.map.known(territory, datetime(1900, 1, 1, tzinfo=UTC))
    mark = await service.watermarks.reach("time_pools", wanted.min_position)
    row = await Accounts(service.pool).pool(territory)
    figures = {name: row[name] if row else 0 for name in POOL}
    return answer_with({"territory": territory, **figures, "watermark": mark.model_dump()})


@router.get("/liability", response_model=Liability, operation_id="read_liability")
async def read_liability(caller: Called, wanted: Annotated[LiabilityFilter, Query()]) -> Response:
    """What the communities owe their people in time, what their pools hold, and in how many months
    as much is served as is outstanding."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_liability", asked, service.map.within)
    places = service.map.below(seen.territory)
    mark = await service.watermarks.reach("time_accounts", wanted.min_position)
    items, total = await liability(service, places, datetime.now(UTC))
    total = {**total, "territory": seen.territory or service.map.atlas.district}
    return answer_with({"items": items, "total": total, "watermark": mark.model_dump()})
