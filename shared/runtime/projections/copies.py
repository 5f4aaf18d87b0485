"""What a service keeps of another one, and how far each copy has come: the route `/copies`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from shared.contracts.source import Source
from shared.core.access import Access, Reach
from shared.runtime.projections.folding import Model
from shared.runtime.projections.watermarks import Watermark, Watermarks
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.requests import actor_of, check_said_once
from shared.store.pool import Pool

ACTION = "read_copies"


class Copy(BaseModel):
    """A copy of what another service tells. A quiet source beats once a second, so
    `watermark.recorded_at` is never older than the copy lags."""

    name: str
    of: str
    watermark: Watermark


class Copies(BaseModel):
    """All copies that a service keeps."""

    items: list[Copy]


def router(
    access: Access, source: Source, models: Sequence[Model], pool: Callable[[Request], Pool]
) -> APIRouter:
    """The route, for those whom the table lets `read_copies`."""
    made = APIRouter(responses=documented.problems(401, 403, 422, 503))

    @made.get("/copies", response_model=Copies, operation_id=ACTION)
    async def read_copies(request: Request) -> Response:
        """What is kept here of other services, and up to when each copy is true."""
        check_said_once(request)
        actor = actor_of(request, request.app.state.verifier)
        access.reach(actor, ACTION, Reach(), lambda place, root: place == root)
        marks = Watermarks(pool(request), source.log)
        items = []
        for one in models:
            mark = (await marks.of(one.name)).model_dump()
            items.append({"name": one.name, "of": source.service, "watermark": mark})
        return answer_with({"items": items})

    return made
