"""Every role on every route of whistles, inside and outside its territory, with its unit and
another: what the table says is what happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from services.grievance.access import ACCESS
from services.grievance.service import Grievance
from services.grievance.whistle.possible import STEPS
from shared.core.access import Grant, Where, action_of
from shared.core.roles import NAMES
from tests.grievance.whistle_desk import BLOWER, WHISTLE, WhistleDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

PLACE = "d/s1/c1"
INSIDE = ("d", "d/s1", PLACE)
# A version that no whistle has: who may take the step is told so, and nothing changes.
NEVER = 999
VERSIONED = ("call", "end")
READS = {"read_whistles": "/whistles", "read_whistle": "/whistles/{id}", "read_turnout": "/turnout"}
TRIED = {*READS, "blow_whistle", *(action_of(command) for command in STEPS.values())}


@pytest.fixture
async def whistle_id(whistles: WhistleDesk, service: Grievance) -> str:
    """A whistle in `PLACE`, blown by a grid worker, to which `fire` is called."""
    receipt = await whistles.blow(units=["fire"])
    await service.projector.drain()
    return str(receipt["id"])


def _actors() -> Iterator[dict[str, Any]]:
    places = (*INSIDE, "d/s2", "d/s1/c2")
    for role, territory, unit in product(NAMES, places, ("fire", "parks", None)):
        if role == "handling_unit" or unit == "fire":
            yield {"sub": "someone", "roles": (role,), "territory": territory, "unit": unit}
        if unit is None:
            yield {"sub": BLOWER["sub"], "roles": (role,), "territory": territory, "unit": unit}


def _may(action: str, actor: Mapping[str, Any], unit: str | None = "fire") -> bool:
    """What the table says, read without the code that enforces it; of something that is with this
    unit."""
    inside = actor["territory"] in INSIDE

    def there(grant: Grant) -> bool:
        told: dict[Where, bool] = {
            "anywhere": True,
            "territory": inside,
            "unit": inside and actor["unit"] is not None and actor["unit"] == unit,
            "own": actor["sub"] == BLOWER["sub"],
        }
        return told[grant.where]

    [role] = actor["roles"]
    return any(role in grant.roles and there(grant) for grant in ACCESS.actions[action])


async def test_whistles_are_blown_by_those_of_the_table_only(whistles: WhistleDesk) -> None:
    for actor in _actors():
        sent = whistles.headers(**actor)
        answer = await whistles.client.post("/whistles", json=WHISTLE, headers=sent)
        expected = 201 if _may("blow_whistle", actor) else 403
        assert answer.status_code == expected, (actor, answer.text)


@pytest.mark.parametrize("verb", VERSIONED)
async def test_a_step_with_a_version_is_taken_by_those_of_the_table_only(
    whistles: WhistleDesk, whistle_id: str, service: Grievance, verb: str
) -> None:
    before = await service.head()
    for actor in _actors():
        answer = await whistles.step(whistle_id, verb, actor=actor, version=NEVER)
        seen, may = _may("read_whistle", actor), _may(action_of(STEPS[verb]), actor)
        expected = 412 if seen and may else 403 if seen else 404
        assert answer.status_code == expected, (actor, answer.text)
    assert await service.head() == before


@pytest.mark.parametrize("verb", [verb for verb in STEPS if verb not in VERSIONED])
async def test_a_unit_speaks_for_itself_only(whistles: WhistleDesk, verb: str) -> None:
    for actor in _actors():
        whistle_id = (await whistles.blow(units=["fire"]))["id"]
        answer = await whistles.step(whistle_id, verb, actor=actor)
        seen = _may("read_whistle", actor)
        may = _may(action_of(STEPS[verb]), actor, actor["unit"])
        taken = 200 if verb == "report" else 409  # nobody has come yet
        if verb == "report" and may:
            expected = taken
        else:
            expected = taken if seen and may else 403 if seen else 404
        assert answer.status_code == expected, (actor, answer.text)


async def test_whistles_are_read_by_those_of_the_table_only(
    whistles: WhistleDesk, whistle_id: str
) -> None:
    for actor in _actors():
        seen = _may("read_whistle", actor)
        answer = await whistles.read(READS["read_whistle"].format(id=whistle_id), actor)
        assert answer.status_code == (200 if seen else 404), (actor, answer.text)
        for action in ("read_whistles", "read_turnout"):
            answer = await whistles.read(READS[action], actor)
            [role] = actor["roles"]
            granted = [grant for grant in ACCESS.actions[action] if role in grant.roles]
            may = granted and (granted[0].where != "unit" or actor["unit"])
            assert answer.status_code == (200 if may else 403), (actor, answer.text)
            if may:
                assert bool(answer.json()["items"]) is _may(action, actor), (actor, action)


async def test_the_steps_offered_are_those_of_the_table(
    whistles: WhistleDesk, whistle_id: str
) -> None:
    for actor in _actors():
        if _may("read_whistle", actor):
            offered = (await whistles.page(whistle_id, actor))["steps"]
            own = {verb: actor["unit"] if verb == "report" else "fire" for verb in STEPS}
            now = [verb for verb in STEPS if verb != "result"]
            assert offered == [
                verb for verb in now if _may(action_of(STEPS[verb]), actor, own[verb])
            ], actor
