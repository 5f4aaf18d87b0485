"""The map and the residents of the smallest sample, as another service has them."""

from __future__ import annotations

from services.territory.sample import families
from services.territory.sample.estates import DISTRICT
from services.territory.sample.homes import homes_of
from services.territory.sample.shape import shape
from shared.contracts.known_residents import KnownResidentRow, known_residents
from shared.contracts.territory import TERRITORY, TerritoryRegistered
from shared.core.atlas.atlas import New
from shared.core.sample import Sample
from shared.runtime.projections.map_copy import MapCopy
from shared.store import tables
from shared.store.pool import Pool
from shared.testkit import maps

SMALL = Sample(1, 0.01)


async def settle(pool: Pool, map_copy: MapCopy) -> None:
    """Let the service with these parts know them."""
    district = shape(SMALL)
    places = [New(DISTRICT, "district", "示例区", None), *district.map()]
    drawn = [
        TerritoryRegistered(at=maps.BEGAN, code=new.code, kind=new.kind, name=new.name,
                            parent=new.parent)
        for new in places
    ]  # fmt: skip
    await maps.tell(pool, drawn)
    await map_copy.read()
    rows = {
        person.id: KnownResidentRow(person.id, home.building, home.household, None, gone=False)
        for estate in district.estates
        for homes in homes_of(estate)
        for home in homes
        for person in families.family(home, SMALL.seed).people
    }
    async with pool.acquire() as connection, connection.transaction():
        await tables.make(pool, TERRITORY.log, [known_residents])
        await tables.write(connection, known_residents, rows)
