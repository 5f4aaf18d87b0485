"""The service as it starts."""

from __future__ import annotations

import pytest

from services.points.service import PointsService

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_it_starts_with_an_empty_log(service: PointsService) -> None:
    assert await service.head() == 0
