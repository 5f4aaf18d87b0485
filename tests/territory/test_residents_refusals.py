"""What the register refuses, and how it says so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.territory.erasure.stream import stream_of
from services.territory.map.stream import MAP
from tests.grievance.front_desk import pointers, refused
from tests.territory.office import KEEPER, Office, ago
from tests.territory.register import NAME, Register, reader, somebody

pytestmark = pytest.mark.postgres
GOOD = {"building": "wenhua-1", "name": NAME}


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"building": "nowhere"}, "unknown_territory", "/building"),
        ({"building": "wenhua"}, "not_a_building", "/building"),
        ({"building": "Not a code"}, "invalid_request", "/building"),
        ({"name": ""}, "invalid_request", "/name"),
        ({"name": "x" * 201}, "invalid_request", "/name"),
        ({"name": "a\x00"}, "invalid_request", "/name"),
        ({"phone": "call me"}, "invalid_request", "/phone"),
        ({"birth_year": "48"}, "invalid_request", "/birth_year"),
        ({"household": "first door"}, "invalid_request", "/household"),
        ({"person": "x"}, "invalid_request", "/person"),
        ({"age": 70}, "invalid_request", "/age"),
        ({"occurred_at": "2020-01-01T00:00:00Z"}, "late_entry_needs_reason", "/late_reason"),
        ({"occurred_at": "2199-01-01T00:00:00Z"}, "occurs_in_the_future", "/occurred_at"),
        ({"person": str(MAP)}, "id_taken", "/person"),
    ],
)
async def test_a_registration_that_cannot_be_meant(
    change: dict[str, Any], code: str, where: str, register: Register
) -> None:
    answer = await register.post("/residents", {**GOOD, **change})
    problem = refused(answer, 422, code)
    assert pointers(problem) == [where]
    assert NAME not in answer.text
    assert await register.ids() == set()


@pytest.mark.parametrize(
    ("verb", "form", "status", "code"),
    [
        ("move", {"building": "nowhere"}, 422, "unknown_territory"),
        ("move", {"building": "wenhua"}, 422, "not_a_building"),
        ("move", {"building": "wenhua-1"}, 422, "lives_there_already"),
        ("move", {"building": "wenhua-2", **ago(30)}, 422, "overlaps_in_time"),
        ("move", {}, 422, "invalid_request"),
        ("leave", ago(30), 422, "overlaps_in_time"),
        ("leave", {"why": "x"}, 422, "invalid_request"),
        ("return", {"building": "wenhua-1"}, 409, "resident_is_living"),
        ("contact", {}, 409, "nothing_to_change"),
        ("contact", {"phone": "x"}, 422, "invalid_request"),
        ("declare-relative", {"relative": somebody(), "relation": "child"}, 422, "unknown_person"),
        ("declare-relative", {"relative": somebody(), "relation": "boss"}, 422, "invalid_request"),
        ("withdraw-relative", {"relative": somebody()}, 422, "unknown_person"),
        ("give-consent", {"purpose": "fun"}, 422, "invalid_request"),
        ("withdraw-consent", {"purpose": "notice"}, 422, "no_consent"),
        ("tag", {"tag": "rich"}, 422, "invalid_request"),
        ("untag", {"tag": "hardship"}, 422, "not_tagged"),
        ("merge", {"into": somebody()}, 422, "unknown_person"),
        ("merge", {}, 422, "invalid_request"),
        ("erasure", {}, 422, "invalid_request"),
        ("erasure", {"reason": "because"}, 422, "invalid_request"),
    ],
)
async def test_a_change_that_cannot_be_meant(
    verb: str, form: dict[str, Any], status: int, code: str, register: Register
) -> None:
    person = await register.add()
    before = await register.read(f"/residents/{person}")
    refused(await register.step(person, verb, **form), status, code)
    assert await register.read(f"/residents/{person}") == before


@pytest.mark.parametrize(
    "query",
    [
        {"under": "Not a code"}, {"at": "yesterday"}, {"state": "erased"}, {"household": "x"},
        {"tag": "rich"}, {"after": "x"}, {"limit": 0}, {"limit": 501}, {"name": NAME},
    ],
    ids=lambda query: next(iter(query)),
)  # fmt: skip
async def test_a_question_that_cannot_be_meant(query: dict[str, Any], register: Register) -> None:
    problem = refused(await register.get("/residents", **query), 422, "invalid_request")
    assert pointers(problem) == [f"/{next(iter(query))}"]


async def test_an_id_is_for_one_person_and_for_nothing_else(register: Register) -> None:
    person = await register.add()
    again = await register.post("/residents", {**GOOD, "person": person})
    refused(again, 409, "resident_is_living")
    other = await register.add()
    await register.done(other, "erasure", reason="own_request")
    refused(await register.post("/residents", {**GOOD, "person": other}), 409, "person_erased")
    taken = await register.post("/residents", {**GOOD, "person": str(stream_of(UUID(other)))})
    refused(taken, 422, "id_taken")


async def test_who_is_not_there_or_lives_elsewhere_is_not_there(
    register: Register, office: Office
) -> None:
    more = [
        {"code": "minsheng", "kind": "subdistrict", "name": "民生街道", "parent": "gaoxin"},
        {"code": "lianmeng", "kind": "community", "name": "联盟社区", "parent": "minsheng"},
        {"code": "lm", "kind": "neighbourhood", "name": "联盟小区", "parent": "lianmeng"},
        {"code": "lm-1", "kind": "building", "name": "联盟小区1栋", "parent": "lm"},
    ]
    assert (await office.post("/territories", {"territories": more}, **KEEPER)).is_success
    person = await register.add("wenhua-1")
    elsewhere = {"actor": reader("registrar", "minsheng")}
    for who in (person, somebody()):
        refused(await register.get(f"/residents/{who}", **elsewhere), 404, "no_such_resident")
        refused(await register.get(f"/residents/{who}/erasure", **elsewhere), 404)
        for verb, form in (("leave", {}), ("tag", {"tag": "hardship"}),
                           ("contact", {"phone": "12345"}), ("move", {"building": "lm-1"}),
                           ("erasure", {"reason": "own_request"}),
                           ("merge", {"into": person})):  # fmt: skip
            answer = await register.step(who, verb, **form, **elsewhere)
            refused(answer, 404, "no_such_resident")
    taken = await register.step(person, "move", building="wenhua-2", **elsewhere)
    refused(taken, 403, "outside_territory")
    own = {"actor": reader("registrar", "shengli")}
    refused(await register.step(person, "move", building="lm-1", **own), 403, "outside_territory")
    refused(await register.post("/residents", GOOD, **elsewhere["actor"]), 403)
    refused(await register.get("/residents", under="wenhua", **elsewhere), 403)
    theirs = await register.add("lm-1")
    strange = await register.step(person, "merge", into=theirs, **own)
    refused(strange, 422, "unknown_person")
    # one side lets them go, the other takes them back
    assert (await register.step(person, "leave", **own)).is_success
    assert (await register.step(person, "return", building="lm-1", **elsewhere)).is_success
    refused(await register.get(f"/residents/{person}", **own), 404)
    answer = await register.step(person, "erasure", reason="own_request", **elsewhere)
    refused(answer, 403, "outside_territory")
