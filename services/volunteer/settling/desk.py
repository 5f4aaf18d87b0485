"""From a form to the clearing of a month, and from the log to what was agreed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.volunteer.clearing.commands import CloseClearing
from services.volunteer.clearing.decider import clearing
from services.volunteer.clearing.events import ClearingClosed, Position
from services.volunteer.log import EVENTS
from services.volunteer.queries.clearings import Clearings
from services.volunteer.service import Volunteers
from services.volunteer.settling.forms import Closing
from services.volunteer.settling.positions import Settled, settled
from shared.core.local_time import start_of
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Target, single
from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web.asking import Asking
from shared.store import read
from shared.store.load import Answer

MODEL = "clearing_positions"
LONGEST_MONTH = timedelta(days=31)


class ClearingDesk:
    """Reads months and closes them."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service

    async def close(self, form: Closing, asking: Asking) -> Answer:
        """Close a month, as it stands now under the boundaries of now."""
        return await asking.first_or(self._closed(form, asking), self._service.executor)

    async def month(self, month: str, position: int, *, then: bool) -> tuple[Settled, Watermark]:
        """The positions of a month, under the boundaries of now or of its end."""
        service = self._service
        mark = await service.watermarks.reach(MODEL, position)
        await service.map.fresh()
        boundaries = service.map.boundaries(_end(month) if then else None)
        return settled(await Clearings(service.pool).paid(month), boundaries), mark

    async def agreed(self, month: str) -> dict[str, Any] | None:
        """What was agreed on for a month; None while it is open."""
        async with self._service.pool.acquire(timeout=10) as connection:
            rows = await read.stream(connection, _stream(month))
        for recorded in (read.decode(EVENTS, row) for row in rows):
            event = recorded.event
            if isinstance(event, ClearingClosed):
                return {
                    "at": event.at,
                    "by": recorded.actor,
                    "position": event.position,
                    "lines": [line_of(line) for line in event.lines],
                }
        return None

    async def _closed(self, form: Closing, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        head = await self._service.head()
        found, mark = await self.month(form.month, head, then=False)
        close = CloseClearing(
            month=form.month,
            district=self._service.map.atlas.district,
            lines=found.lines,
            position=mark.position,
            **meant,
        )
        target = Target(clearing, _stream(form.month))
        return await self._service.executor.execute(single(target, close, asking.identity))


def line_of(line: Position) -> dict[str, Any]:
    """A position as clients get it."""
    return {**line.model_dump(), "net": line.gave - line.took}


def _stream(month: str) -> UUID:
    return derived("clearing", month)


def _end(month: str) -> datetime:
    later = start_of(f"{month}-01") + LONGEST_MONTH + timedelta(days=1)
    return start_of(f"{later.year:04}-{later.month:02}-01")
