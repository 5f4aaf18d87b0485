"""The map in memory: what lies where, asked by every command."""

from __future__ import annotations

import pytest

from services.territory.service import Territory
from shared.contracts.territory import TERRITORY
from shared.core.atlas.atlas import New
from shared.core.births import Fork
from shared.runtime.projections import map_copy
from shared.store import crossings
from shared.store.cursors import Reading
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


async def test_a_copy_that_was_built_anew_is_drawn_anew(office: Office, service: Territory) -> None:
    await office.draw(days_ago=2)
    await office.draw([New("litai", "neighbourhood", "利台小区", "sanwan")])
    assert "litai" in (await service.map.read()).territories
    version = service.map.version
    async with service.pool.acquire() as connection, connection.transaction():
        await connection.execute("delete from read.map_history where version = $1", version)
        about = Reading("map_history", TERRITORY.log, 1, TERRITORY.topic)
        await crossings.note(connection, about, Fork(2, version - 1), version)
    for _ in range(2):
        assert "litai" not in (await service.map.read()).territories
        assert service.map.version == version - 1
