"""No one sees what is not theirs, nor whether it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import FORMS, UNIT, FrontDesk, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
# Names that begin alike, and names that would match them as patterns.
TRAPS = ("d", "d/s1", "d/%", "d/S1", "d/s2", "d/s1/c1", "d/s1/c10", "d/s1/c1/g1", "d/s1/c_",
         "d/s1/c%", "d/s1/cx", "d/s1/c1\\", "d/s1/c1\\/g", "d/S1/c1")  # fmt: skip
SEEN = {
    "d/s1/c1": {"d/s1/c1", "d/s1/c1/g1"},
    "d/s1/c_": {"d/s1/c_"},
    "d/s1/c%": {"d/s1/c%"},
    "d/%": {"d/%"},
    "d/s1/c1\\": {"d/s1/c1\\", "d/s1/c1\\/g"},
    "d/s1": {name for name in TRAPS if name.startswith("d/s1")},
    "d": {*TRAPS},
    "d/s2": {"d/s2"},
}
NOWHERE = ("D", "x", "%", "_", "d/")


@pytest.fixture
def places() -> Sequence[str]:
    return TRAPS


def _chief(territory: str) -> dict[str, Any]:
    return {"sub": "chief", "roles": ("supervisor",), "territory": territory}


async def test_a_subtree_is_not_its_neighbours_whose_names_begin_alike(
    desk: FrontDesk, service: Grievance
) -> None:
    cases = {place: (await desk.file(territory=place))["id"] for place in TRAPS}
    await service.projector.drain()
    for own, seen in SEEN.items():
        page = await desk.register(actor=_chief(own))
        assert {line["territory"] for line in page["items"]} == seen, own
        assert page["total"] == len(seen)
        report = await desk.read("/response-times", actor=_chief(own))
        assert [group["cases"] for group in report.json()["items"] if group["group"] == "all"] == [
            len(seen)
        ]
        for place, case_id in cases.items():
            answer = await desk.read(f"/cases/{case_id}", actor=_chief(own))
            assert answer.status_code == (200 if place in seen else 404), (own, place)


@pytest.mark.parametrize("territory", NOWHERE)
async def test_who_answers_for_nothing_on_the_map_sees_nothing(
    desk: FrontDesk, territory: str
) -> None:
    filed = await desk.file()
    refused(await desk.read("/cases", actor=_chief(territory)), 403, "outside_territory")
    refused(await desk.read(f"/cases/{filed['id']}", actor=_chief(territory)), 404)


async def test_a_filter_narrows_a_territory_and_never_widens_it(
    desk: FrontDesk, service: Grievance
) -> None:
    for place in TRAPS:
        await desk.file(territory=place)
    await service.projector.drain()
    page = await desk.register(actor=_chief("d"), territory="d/s1/c1")
    assert {line["territory"] for line in page["items"]} == SEEN["d/s1/c1"]
    for wanted in ("d", "d/s1", "d/s1/c10", "d/s1/c", "d/s1/c1x", "%", "d/s1/c1%"):
        answer = await desk.read("/cases", actor=_chief("d/s1/c1"), territory=wanted)
        refused(answer, 403, "outside_territory")
        unit = {**UNIT, "territory": "d/s1/c1"}
        answer = await desk.read("/cases", actor=unit, territory=wanted)
        refused(answer, 403, "outside_territory")


async def test_a_unit_sees_its_own_orders_only(desk: FrontDesk, service: Grievance) -> None:
    lamps, parks, elsewhere = [await desk.file(territory=p) for p in ("d/s1/c1", "d/s1/cx", "d/s2")]
    for filed, unit in ((lamps, "lamps"), (parks, "parks"), (elsewhere, "lamps")):
        who: dict[str, Any] = {"territory": "d/s2" if filed is elsewhere else "d"}
        assert (await desk.step(filed["id"], "accept", 1, **who)).status_code == 200
        answer = await desk.step(filed["id"], "dispatch", 2, form={"unit": unit}, **who)
        assert answer.status_code == 200, answer.text
    await service.projector.drain()
    near = {**UNIT, "territory": "d/s1"}
    page = await desk.register(actor=near)
    assert [line["id"] for line in page["items"]] == [lamps["id"]]
    assert page["total"] is None
    assert (await desk.register(actor=near, territory="d/s1/cx"))["items"] == []
    refused(await desk.read("/cases", actor=near, unit="parks"), 403, "outside_unit")
    for hidden in (parks, elsewhere):
        refused(await desk.read(f"/cases/{hidden['id']}", actor=near), 404, "no_such_case")
        refused(await desk.step(hidden["id"], "sign", 3, **near), 404, "no_such_case")
    await desk.walk(lamps["id"], "sign", "reply", "close", "reopen", version=3)
    answer = await desk.step(lamps["id"], "dispatch", 7, form={"unit": "parks"})
    assert answer.status_code == 200
    refused(await desk.read(f"/cases/{lamps['id']}", actor=UNIT), 404)


async def test_a_resident_sees_their_own_petitions_only(
    desk: FrontDesk, service: Grievance
) -> None:
    me: dict[str, Any] = {"sub": "resident-1", "roles": ("resident",)}
    other = {**me, "sub": "resident-2"}
    mine, theirs = await desk.file(me), await desk.file(other)
    await service.projector.drain()
    page = await desk.register(actor=me)
    assert [line["id"] for line in page["items"]] == [mine["id"]]
    assert page["total"] is None
    for query in ({"territory": "d/s1/c1"}, {"state": "filed"}, {"type": "repair"}):
        assert (await desk.register(actor=me, **query))["total"] is None
    refused(await desk.read(f"/cases/{theirs['id']}", actor=me), 404, "no_such_case")
    refused(await desk.read("/response-times", actor=me), 403, "role_missing")
    refused(await desk.step(mine["id"], "accept", 1, **me), 403, "role_missing")


async def test_what_one_may_not_see_answers_like_what_is_not_there(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    strangers: tuple[dict[str, Any], ...] = (
        {
            "sub": "far",
            "roles": ("dispatcher", "supervisor", "callback_agent"),
            "territory": "d/s2",
        },
        {"sub": "resident-9", "roles": ("resident",)},
        {"sub": "idle", "roles": ("handling_unit",), "unit": "parks"},
        {"sub": "nobody", "roles": ()},
    )
    correction = {"corrects": 1, "changes": {"category": "x"}, "reason": "entry_error"}
    for stranger in strangers:
        nowhere = str(uuid4())
        for verb, form in {**FORMS, "correct": correction}.items():
            for version in (1, 9):
                there = await desk.step(filed["id"], verb, version, form=form, **stranger)
                absent = await desk.step(nowhere, verb, version, form=form, **stranger)
                refused(there, 404, "no_such_case")
                assert there.text.replace(filed["id"], nowhere) == absent.text
                assert "etag" not in there.headers
        for query in ({}, {"as_of": "2020-01-01T00:00:00Z"}, {"known_at": "2020-01-01T00:00:00Z"}):
            seen = await desk.read(f"/cases/{filed['id']}", actor=stranger, **query)
            refused(seen, 404, "no_such_case")
    assert await service.head() == 1
