"""A report from the database into a file, a thousand lines at a time."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from typing import IO

from services.volunteer.log import LOG
from services.volunteer.queries.hours_report import Stood, Summed, lines
from services.volunteer.reporting.filters import Format, ReportFilter
from services.volunteer.reporting.sheets import About, Writer, with_hours, writer
from services.volunteer.service import Volunteers
from shared.runtime.web.problems import Problem

MOST = 300_000  # lines: a workbook of more is none that people open


async def make(
    service: Volunteers, wanted: ReportFilter, under: str, kind: Format, file: IO[bytes]
) -> None:
    """Write the report of the territory `under` into the file. Raises Problem (422) for one that
    is too long, Rejected for a place that is not on the map."""
    now, keys, told = datetime.now(UTC), wanted.keys, 0
    rules = await service.rules(under, now)
    places = service.map.below(under)
    about = Summed(keys=keys, places=places, first=wanted.first, last=wanted.last)
    sheet: Writer | None = None
    async with aclosing(lines(service.pool, about, LOG)) as found:
        async for one in found:
            if isinstance(one, Stood):
                head = About(keys, wanted.first, wanted.last, under, rules.version, now, one)
                sheet = await asyncio.to_thread(writer, kind, file, head)
                continue
            told += len(one)
            if told > MOST:
                detail = f"more than {MOST:,} lines; ask for fewer days or a smaller place"
                raise Problem(422, "too_many_lines", detail)
            assert sheet is not None
            full = [with_hours(line, len(keys)) for line in one]
            await asyncio.to_thread(sheet.lines, full)
    assert sheet is not None
    await asyncio.to_thread(sheet.close)
