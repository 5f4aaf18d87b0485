"""Erasure asked for at the register: once, by who answers for the person, for every retry alike."""

from __future__ import annotations

import httpx
import pytest

from services.territory import subscribers
from services.territory.service import Territory
from services.territory.settings import Settings
from shared.ops.settings import Misconfigured
from shared.store import read
from tests.grievance.front_desk import refused
from tests.territory.office import ago
from tests.territory.register import NAME, PHONE, Register, reader, somebody

pytestmark = pytest.mark.postgres
REASON = {"reason": "own_request"}


async def _erase(register: Register, person: str, **actor: object) -> httpx.Response:
    return await register.post(f"/residents/{person}/erasure", REASON, **actor)


async def test_it_is_seen_who_has_answered_and_who_has_not(register: Register) -> None:
    person = await register.add()
    receipt = (await _erase(register, person)).json()
    path = f"/residents/{person}/erasure"
    view = await register.read(path, min_position=receipt["position"])
    assert (view["id"], view["reason"], view["complete"]) == (person, "own_request", False)
    [subject] = view["subjects"]
    own, *others = subject["services"]
    assert own == {"service": "territory", "answered_at": view["asked_at"]}
    beside = ("grievance", "volunteer", "points")
    assert others == [{"service": name, "answered_at": None} for name in beside]
    assert view["watermark"]["position"] >= receipt["position"]
    for role in ("supervisor", "auditor"):
        assert await register.read(path, actor=reader(role)) == view
    refused(await register.get(path, actor=reader("grid_worker")), 403, "role_missing")
    refused(await register.get(path, actor=reader("auditor", "sanwan-3")), 404)
    refused(await register.get(f"/residents/{somebody()}/erasure"), 404, "no_such_erasure")


async def test_the_person_is_gone_from_every_list_at_once(
    register: Register, service: Territory
) -> None:
    person, other = await register.add(**ago(10)), await register.add(**ago(10))
    for one, kin in ((person, other), (other, person)):
        await register.done(one, "tag", tag="hardship")
        await register.done(one, "declare-relative", relative=kin, relation="sibling")
    assert (await _erase(register, person)).is_success
    refused(await register.get(f"/residents/{person}"), 404, "no_such_resident")
    assert await register.ids() == {other}
    assert await register.ids(at=ago(5)["occurred_at"]) == {other}
    view = await register.read(f"/residents/{other}")
    assert (view["resident"]["name"], view["resident"]["phone"]) == (NAME, PHONE)
    assert view["relatives"] == []
    assert (await register.read("/care"))["items"] == [{"tag": "hardship", "persons": 1}]
    async with service.pool.acquire() as connection:
        for table in ("residents", "relatives", "care_tags"):
            rows = await connection.fetch(f"select * from {table} where person_id = $1", person)
            assert rows == [], table


async def test_nothing_more_is_recorded_of_them_and_they_are_erased_once(
    register: Register, service: Territory
) -> None:
    person = await register.add()
    first = await _erase(register, person, key="once")
    again = await _erase(register, person, key="once")
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    head = await service.head()
    refused(await _erase(register, person), 409, "resident_is_erased")
    for verb, form, code in (
        ("leave", {}, "resident_is_erased"),
        ("tag", {"tag": "hardship"}, "resident_is_erased"),
        ("contact", {"name": NAME}, "person_erased"),
    ):
        refused(await register.step(person, verb, **form), 409, code)
    other = await register.add()
    refused(await register.step(other, "merge", into=person), 422, "resident_is_erased")
    refused(await register.step(person, "merge", into=other), 409, "resident_is_erased")
    assert await service.head() == head + 1, "the one who was added"


async def test_a_retry_of_the_registration_still_gets_its_first_answer(
    register: Register,
) -> None:
    form = {"building": "wenhua-1", "name": NAME}
    first = await register.post("/residents", form, key="first")
    await _erase(register, first.json()["id"])
    again = await register.post("/residents", form, key="first")
    assert (again.status_code, again.content) == (201, first.content)


async def test_both_streams_are_written_or_neither(register: Register, service: Territory) -> None:
    person = await register.add()
    await _erase(register, person)
    async with service.pool.acquire() as connection:
        rows = await read.page(connection, "territory", 0, 100)
    last = [row for row in rows if row["command_id"] == rows[-1]["command_id"]]
    kinds = [row["type"] for row in last]
    assert sorted(kinds) == ["erasure-answered", "erasure-asked", "subject-erased"]
    assert {row["territory"] for row in last} == {"wenhua-1"}


async def test_a_service_that_nobody_reads_cannot_be_waited_for(settings: Settings) -> None:
    followed = [one.service for one in subscribers.followed(settings)]
    assert followed == ["grievance", "volunteer", "points"]
    assert subscribers.followed(settings.model_copy(update={"answering": ()})) == []
    strange = settings.model_copy(update={"answering": ("grievance", "astrology")})
    with pytest.raises(Misconfigured, match="LINLI_ANSWERING: whether astrology answers"):
        subscribers.followed(strange)
