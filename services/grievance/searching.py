"""From what is asked of the register to a page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.grievance import marks, views
from services.grievance.filters import RegisterFilter
from services.grievance.looking.fingerprints import fingerprints
from services.grievance.petitioners.slip import read_number
from services.grievance.queries.search import Filters
from services.grievance.service import Grievance
from shared.core.access import Reach
from shared.core.local_time import end_of, start_of
from shared.core.messages import Actor
from shared.runtime.projections.map_copy import Places
from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web.problems import Problem


async def page(
    service: Grievance, wanted: RegisterFilter, seen: Reach, places: Places
) -> dict[str, Any]:
    """The page; `seen` and `places` are what its reader may see. Raises Problem (422, 503)."""
    mark = await _watermark(service, wanted)
    due = wanted.sort == "due"
    filters = Filters(
        places=places,
        unit=seen.unit,
        raised_by=seen.owner,
        states=wanted.states(),
        case_type=wanted.type,
        channel=wanted.channel,
        since=start_of(wanted.first) if wanted.first else None,
        until=end_of(wanted.last) if wanted.last else None,
        overdue=wanted.overdue,
        today=views.today(),
        order=wanted.sort,
        behind=marks.read_due(wanted.after) if due else marks.read_filed(wanted.after),
    )
    found, rows = await _found(service, filters, wanted)
    shown = rows[: wanted.limit]
    behind = marks.due_mark if due else marks.filed_mark
    return {
        "items": await views.lines(service, shown),
        "total": await service.queries.count(found),
        "next": behind(shown[-1]) if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }


async def noted(
    service: Grievance, actor: Actor, asked: tuple[str, Reach], page: Mapping[str, Any]
) -> None:
    """Put on record that somebody is about to see this page, and for which words. Raises Problem
    (503): then nobody may see it."""
    text, seen = asked
    words = fingerprints(service.fingerprints, text)
    cases = [line["id"] for line in page["items"]]
    place = seen.territory or actor.territory
    await service.looks.searched(actor, place, words, cases, more=page["next"] is not None)


async def _watermark(service: Grievance, wanted: RegisterFilter) -> Watermark:
    """That of the model that is furthest behind of those that answer."""
    models = ["case_register", "case_rounds", *(["case_words"] if wanted.q else [])]
    found = [await service.watermarks.reach(model, wanted.min_position) for model in models]
    return min(found, key=lambda mark: mark.position)


async def _called(service: Grievance, asked: str) -> list[UUID]:
    """What is called so: by id, by reference, by our number, or by that of a petitioner's slip."""
    slip = read_number(asked)
    named = await service.queries.called(asked)
    return named or (await service.queries.called(str(slip.position)) if slip else [])


async def _found(
    service: Grievance, filters: Filters, wanted: RegisterFilter
) -> tuple[Filters, list[Any]]:
    """The rows, one more than the page shows, and by which filters. What names a case that the
    reader may see means that case; what does not, are words."""
    asked, limit = filters, wanted.limit + 1
    if wanted.q is None:
        return asked, await service.queries.register(asked, limit)
    if named := await _called(service, wanted.q):
        asked = replace(filters, ids=tuple(named))
        if rows := await service.queries.register(asked, limit):
            return asked, rows
    asked = replace(filters, terms=service.wording.terms(wanted.q))
    if not asked.terms:
        errors = [{"detail": "at least two characters next to each other", "pointer": "/q"}]
        raise Problem(422, "too_short", "name a case, or words of two characters", errors=errors)
    return asked, await service.queries.register(asked, limit)
