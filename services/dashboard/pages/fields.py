"""Fields of forms: in addresses, where one that was left empty says nothing, and as browsers post
them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timezone
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import AfterValidator, BeforeValidator

from shared.core.local_time import BEIJING
from shared.runtime.web.moments import Day, in_utc
from shared.runtime.web.problems import Problem

LONGEST = 4_096  # bytes
HERE = timezone(BEIJING)


def _at_home(moment: datetime | None) -> datetime | None:
    """A moment without a zone is one of Beijing."""
    if moment is None:
        return None
    return in_utc(moment if moment.tzinfo else moment.replace(tzinfo=HERE))


GivenDay = Annotated[Day | None, BeforeValidator(lambda said: said or None)]
GivenMoment = Annotated[
    datetime | None, BeforeValidator(lambda said: said or None), AfterValidator(_at_home)
]


def typed(moment: datetime) -> str:
    """The moment as a field for a date and a time takes it, to the second, in Beijing time."""
    return moment.astimezone(UTC).astimezone(HERE).strftime("%Y-%m-%dT%H:%M:%S")


async def posted(request: Request, *names: str, longest: int = LONGEST) -> list[str]:
    """What was written into these fields of a small form, of so many bytes at most. Raises Problem
    (413)."""
    sent = await written(request, longest)
    return [sent.get(name, [""])[0].strip() for name in names]


async def written(request: Request, longest: int) -> Mapping[str, list[str]]:
    """What was written into all fields of a form, of so many bytes at most, but for those that were
    left empty. Raises Problem (413)."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise Problem(413, "body_too_large", "")
    return parse_qs(body.decode(errors="replace"))
