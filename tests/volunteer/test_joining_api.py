"""Volunteers over HTTP."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.volunteer.account.stream import account_of
from tests.volunteer.club import ANN, BOB, DAN, HERE, LEADER, REGISTRAR, Club, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_a_resident_registers_and_has_an_account_with_it(club: Club) -> None:
    await club.open(BOB)
    async with club.service.pool.acquire() as connection:
        accounts = await connection.fetch("select account_id, person from time_accounts")
    assert [(row["account_id"], row["person"]) for row in accounts] == [(account_of(BOB), BOB)]
    again = {"person": str(BOB), "territory": HERE, "name": "又一人"}
    assert await club.refused("/volunteers", again, REGISTRAR) == "volunteer_registered"
    await club.done(f"/volunteers/{BOB}/end", {"reason": "own_wish"}, self_(BOB))
    await club.done("/volunteers", again, self_(BOB))
    seen = (await club.read(f"/volunteers/{BOB}", self_(BOB)))["volunteer"]
    assert (seen["name"], seen["status"]) == ("又一人", "active")


async def test_nobody_registers_a_stranger_or_another(club: Club) -> None:
    await club.open(ANN)
    form = {"person": str(DAN), "territory": HERE, "name": "某人"}
    assert await club.refused("/volunteers", form, REGISTRAR) == "unknown_person"
    assert await club.refused("/volunteers", form, self_(ANN)) == "not_your_own"
    away = {**form, "territory": "d/s2/c9"}
    assert await club.refused("/volunteers", away, LEADER) == "outside_territory"


async def test_names_are_for_those_who_call_people_together(club: Club) -> None:
    await club.open(ANN, BOB)
    await club.done(f"/volunteers/{ANN}/change", {"skills": ["repair"]}, self_(ANN))
    found = await club.read("/volunteers", LEADER, skill="repair")
    assert [(one["person"], one["name"]) for one in found["items"]] == [(str(ANN), "测试人")]
    overseer = {"sub": "o", "roles": ("district_observer",), "territory": "d"}
    assert {one["name"] for one in (await club.read("/volunteers", overseer))["items"]} == {None}
    elsewhere = {**LEADER, "territory": "d/s2"}
    got = await club.client.get(f"/volunteers/{ANN}", headers=club.headers(**elsewhere))
    none = await club.client.get(f"/volunteers/{UUID(int=77)}", headers=club.headers(**elsewhere))
    assert (got.status_code, none.status_code) == (404, 404)
    other = await club.client.get(f"/volunteers/{ANN}", headers=club.headers(**self_(BOB)))
    assert (other.status_code, other.json()["code"]) == (404, "no_such_volunteer")
