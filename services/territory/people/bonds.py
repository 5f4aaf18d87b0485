"""What one person is to another, as the register has it, and whether they are of an age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.territory.people.desk import no_such_resident
from services.territory.queries.residents import Residents
from services.territory.service import Territory
from services.territory.words import Relation
from shared.core.local_time import day_of
from shared.core.sealed import Sealed

# What I am to whom I call so.
BACK: Mapping[Relation, Relation] = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "sibling": "sibling",
    "guardian": "ward",
    "ward": "guardian",
    "other_kin": "other_kin",
}


async def bond(service: Territory, pair: tuple[UUID, UUID], age: int | None) -> dict[str, Any]:
    """What the second is to the first, and whether the first is of this age or older: in the year
    in which they come to it they are. Raises Problem (404) for one who is not on the register."""
    residents = Residents(service.pool)
    rows = [await residents.one(one) for one in pair]
    for person_id, row in zip(pair, rows, strict=True):
        if row is None:
            raise no_such_resident(person_id)
    found = await residents.bond(*pair)
    relation = found and (found["relation"] if found["own"] else BACK[found["relation"]])
    return {"relation": relation, "of_age": await _of_age(service, rows[0], age)}


async def _of_age(service: Territory, row: Any, age: int | None) -> bool | None:
    if age is None or row["birth_year"] is None:
        return None
    sealed = Sealed(subject=row["person_id"], field="birth_year", box=row["birth_year"])
    [year] = await service.sealer.open([sealed])
    if year is None or not year.isdecimal():
        return None
    return int(day_of(datetime.now(UTC))[:4]) - int(year) >= age
