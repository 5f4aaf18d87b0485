"""What a service keeps of others, and how far each copy is behind: the route `/copies`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from shared.contracts.source import Source
from shared.core.access import Access, Reach
from shared.core.births import FIRST
from shared.core.chain import Place
from shared.ops.settings import Kafka
from shared.runtime.following.tails import Tail, Unheard, tails
from shared.runtime.projections.folding import Model
from shared.runtime.projections.watermarks import Watermark, Watermarks
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.requests import actor_of, check_said_once
from shared.store import cursors
from shared.store.cursors import Reading
from shared.store.pool import Pool

ACTION = "read_copies"
# A source beats once a second.
SILENT = timedelta(seconds=10)

Kept = Sequence[tuple[Source, Sequence[Model]]]


class Copy(BaseModel):
    """A copy of what another service tells, and how far that is ahead.

    Everything up to `watermark.position` of the source's log is in it, and of partitions that are
    further more than that. `behind_events` counts what was published of that log past the place up
    to which the copy surely has everything, `behind_seconds` the time from there to the end of
    what was published; both are 0 when nothing is missing. Where that cannot be known they are
    null, and `unknown` says why.
    """

    name: str
    of: str
    watermark: Watermark
    behind_events: int | None = Field(ge=0)
    behind_seconds: float | None = Field(ge=0)
    unknown: str | None


class Copies(BaseModel):
    """All copies that a service keeps."""

    items: list[Copy]


def router(
    access: Access, kept: Kept, pool: Callable[[Request], Pool], kafka: Kafka | None
) -> APIRouter:
    """The route, for those whom the table lets `read_copies`."""
    made = APIRouter(responses=documented.problems(401, 403, 422, 503))

    @made.get("/copies", response_model=Copies, operation_id=ACTION)
    async def read_copies(request: Request) -> Response:
        """What is kept here of other services, up to when each copy is true, and how far it is
        behind what its source has published."""
        check_said_once(request)
        actor = actor_of(request, request.app.state.verifier)
        access.reach(actor, ACTION, Reach(), lambda place, root: place == root)
        heard = await asyncio.gather(*(_heard(source, kafka) for source, _ in kept))
        items = [
            await _copy(pool(request), source, model, ends)
            for (source, models), ends in zip(kept, heard, strict=True)
            for model in models
        ]
        return answer_with({"items": items})

    return made


async def _heard(source: Source, kafka: Kafka | None) -> Mapping[int, Tail] | str:
    """How far the topic has come, or why that is not known."""
    try:
        ends = await tails(source, kafka)
    except Unheard as why:
        return str(why)
    last = max(tail.at for tail in ends.values())
    if datetime.now(UTC) - last > SILENT:
        return f"{source.service} has published nothing since {last.isoformat()}"
    return ends


async def _copy(
    pool: Pool, source: Source, model: Model, ends: Mapping[int, Tail] | str
) -> dict[str, Any]:
    about = Reading(model.name, source.log, FIRST, source.topic)
    async with pool.acquire(timeout=10) as connection:
        reading, places = await cursors.standing(connection, about)
    if not isinstance(ends, str) and any(end.epoch != reading.epoch for end in ends.values()):
        ends = f"not all that {source.service} last published is of epoch {reading.epoch}"
    mark = await Watermarks(pool, source.log).of(model.name)
    return {
        "name": model.name,
        "of": source.service,
        "watermark": mark.model_dump(),
        **behind(places, ends),
    }


def behind(places: Mapping[int, Place], ends: Mapping[int, Tail] | str) -> dict[str, Any]:
    """How far a copy that stands at these places is behind these ends of its topic."""
    if isinstance(ends, str):
        return {"behind_events": None, "behind_seconds": None, "unknown": ends}
    start = Place(0)
    late = [
        place
        for number, end in ends.items()
        if (place := places.get(number, start)).position < end.position
    ]
    if not late:
        return {"behind_events": 0, "behind_seconds": 0.0, "unknown": None}
    events = max(end.position for end in ends.values()) - min(place.position for place in late)
    known = [place.at for place in late if place.at is not None]
    if len(known) < len(late):
        why = "nothing was taken yet of a part of it"
        return {"behind_events": events, "behind_seconds": None, "unknown": why}
    time = max(end.at for end in ends.values()) - min(known)
    return {"behind_events": events, "behind_seconds": time.total_seconds(), "unknown": None}
