"""The map in memory: what lies where, asked by every command."""

from __future__ import annotations

import pytest

from services.territory.service import Territory
from shared.core.atlas.atlas import New
from shared.runtime.projections import map_copy
from tests.territory.office import Office


async def test_what_was_remembered_of_the_map_ends_with_its_next_change(
    office: Office, service: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_copy, "FRESH", 60.0)
    await office.draw(days_ago=2)
    within = service.map.within
    assert within("wenhua", "sanwan")
    assert not within("litai", "sanwan")
    await office.draw([New("litai", "neighbourhood", "利台小区", "sanwan")])
    assert within("litai", "sanwan")
