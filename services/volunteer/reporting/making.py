"""A report from the database into a file, a thousand lines at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import IO
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.joining import names
from services.volunteer.log import LOG
from services.volunteer.queries.hours_report import Stood, Summed, lines
from services.volunteer.reporting.filters import Format, ReportFilter
from services.volunteer.reporting.sheets import About, Line, Writer, with_hours, writer
from services.volunteer.service import Volunteers
from shared.core.messages import Actor
from shared.runtime.web.problems import Problem

MOST = 300_000  # lines: a workbook of more is none that people open


async def make(
    service: Volunteers,
    actor: Actor,
    wanted: ReportFilter,
    under: str,
    made: tuple[Format, IO[bytes]],
) -> None:
    """Write the report of the territory `under` into the file, with names for who may see
    them. Raises Problem (422) for one that is too long, Rejected for a place that is not on the
    map."""
    (kind, file), hidden = made, "name" in ACCESS.hidden(actor)
    named = "person" in wanted.keys and not hidden
    now, keys, told = datetime.now(UTC), wanted.keys, 0
    rules = await service.rules(under, now)
    places = service.map.below(under)
    about = Summed(keys=keys, places=places, first=wanted.first, last=wanted.last)
    sheet: Writer | None = None
    async with aclosing(lines(service.pool, about, LOG)) as found:
        async for one in found:
            if isinstance(one, Stood):
                head = About(keys, wanted.first, wanted.last, under, rules.version, now, one, named)
                sheet = await asyncio.to_thread(writer, kind, file, head)
                continue
            told += len(one)
            if told > MOST:
                detail = f"more than {MOST:,} lines; ask for fewer days or a smaller place"
                raise Problem(422, "too_many_lines", detail)
            assert sheet is not None
            full = [with_hours(line, len(keys)) for line in one]
            if named:
                full = await _named(service, actor, under, full)
            await asyncio.to_thread(sheet.lines, full)
    assert sheet is not None
    await asyncio.to_thread(sheet.close)


async def _named(
    service: Volunteers, actor: Actor, under: str, lines: Sequence[Line]
) -> list[Line]:
    """The lines with the name behind the person."""
    known = await names.of(service, actor, [*{UUID(line[0]): None for line in lines}], under)
    return [(line[0], known.get(UUID(line[0])), *line[1:]) for line in lines]
