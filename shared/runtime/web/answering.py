"""What clients get: JSON, and for a command the same receipt at every retry."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel
from starlette.responses import Response

from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class Receipt(BaseModel):
    """What a command did; every retry gets the same. Pass `position` as `min_position` to read
    what you wrote."""

    id: UUID
    version: int
    position: int
    recorded_at: datetime


def answer_with(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The body as JSON."""
    content = orjson.dumps(body, default=_plain)
    return Response(content, status, headers, media_type="application/json")


def receipt(answer: Answer, status: int = 200) -> Response:
    """The receipt of a command that wrote something; the ETag is the stream's new version."""
    body = receipt_of(answer)
    headers = {"etag": f'"{body["version"]}"'}
    if answer.repeated:
        headers["idempotency-replayed"] = "true"
    return answer_with(body, status, headers)


def receipt_of(answer: Answer) -> dict[str, Any]:
    """What a receipt says. Raises Problem (409) for a command that came to nothing."""
    if not answer.versions:
        raise Problem(409, "nothing_changed", "it is as you say already")
    stream_id, version = answer.versions[-1]
    return {
        "id": stream_id,
        "version": version,
        "position": answer.position,
        "recorded_at": answer.recorded_at,
    }


def _plain(value: object) -> str:
    if isinstance(value, UUID):  # the driver's own subclass
        return str(value)
    raise TypeError(type(value).__name__)
