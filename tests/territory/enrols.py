"""`python -m tests.territory.enrols FILE`: enrols a file, to be killed meanwhile."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from services.territory.enrolment.enrolling import Enrolling, Summary
from services.territory.enrolment.reading import roll_of
from services.territory.service import Territory, opened
from services.territory.settings import Settings
from shared.sheets.rejects import Reject
from tests.territory.rosters import REGISTRAR


async def enrolled(service: Territory, file: Path, faults: list[Reject]) -> Summary:
    """The file enrolled, by whom the rosters are kept."""
    now = datetime.now(UTC)
    await service.map.read()
    return await Enrolling(service, roll_of(file, now=now), REGISTRAR, now, faults.append).run()


async def main() -> None:
    async with opened(Settings()) as service:
        await enrolled(service, Path(sys.argv[1]), [])


if __name__ == "__main__":
    asyncio.run(main())
