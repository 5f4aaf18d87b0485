"""A process that sweeps, a few at a time: `python -m tests.points.sweeping MOMENT`, with settings
from its environment. Ends when nothing is left."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

from services.points.expiring import asking
from services.points.expiring.sweeping import sweep
from services.points.service import opened
from services.points.settings import Settings


async def swept(settings: Settings, moment: datetime) -> None:
    """Sweep until nothing is left."""
    async with opened(settings) as service:
        while await sweep(service, moment):
            pass


if __name__ == "__main__":
    asking.AT_ONCE = 5
    asyncio.run(swept(Settings(), datetime.fromisoformat(sys.argv[1])))
