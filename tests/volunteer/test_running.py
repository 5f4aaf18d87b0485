"""The service as it starts."""

from __future__ import annotations

import pytest

from services.volunteer.service import Volunteers

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_it_starts_with_an_empty_log(service: Volunteers) -> None:
    assert await service.head() == 0
