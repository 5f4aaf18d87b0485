"""Fixtures only: a case to tell of, by a port that keeps what it gets; it is never quiet."""

from __future__ import annotations

from datetime import time

import pytest

from services.grievance.settings import Settings
from services.grievance.telling.settings import Telling
from tests.grievance.front_desk import FrontDesk
from tests.grievance.telling.listening import Kept

DAY = time(8)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """It is never quiet."""
    return settings.model_copy(update={"telling": Telling(quiet_from=DAY, quiet_until=DAY)})


@pytest.fixture
def port() -> Kept:
    return Kept()


@pytest.fixture
async def case_id(desk: FrontDesk) -> str:
    """A case that was accepted."""
    filed = str((await desk.file())["id"])
    await desk.walk(filed, "accept")
    return filed
