"""A person erased: nothing of theirs is readable anywhere, and everything else stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import (
    CHIEF,
    PETITION,
    FrontDesk,
    Headers,
    fresh_key,
    refused,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
REASON = {"reason": "own_request"}
SEALED = {"subject", "details", "name", "phone", "email", "address", "reply", "words"}


@pytest.fixture(autouse=True)
async def following(service: Grievance) -> AsyncIterator[None]:
    """The worker runs: whose a person is, is read from the register."""
    stop = asyncio.Event()
    task = asyncio.create_task(service.projector.run(stop))
    yield
    stop.set()
    await task


async def _person(desk: FrontDesk, case_id: str) -> str:
    return str((await desk.read(f"/cases/{case_id}")).json()["petitioner"])


async def _erase(desk: FrontDesk, person: str, **about: Any) -> httpx.Response:
    headers = desk.headers(**{**CHIEF, **about})
    return await desk.client.post(f"/persons/{person}/erasure", json=REASON, headers=headers)


async def test_texts_are_gone_everywhere_and_the_lines_stay(
    desk: FrontDesk, service: Grievance
) -> None:
    filed, other = await desk.file(), await desk.file(subject="别人的事")
    await desk.walk(filed["id"], "accept", "dispatch", "sign", "reply", "callback")
    before = (await desk.read(f"/cases/{filed['id']}")).json()
    answer = await _erase(desk, before["petitioner"])
    assert answer.status_code == 200, answer.text
    for position in (0, answer.json()["position"]):
        page = await desk.register(min_position=position)
        lines = {line["id"]: line for line in page["items"]}
        assert lines[filed["id"]] == before["case"] | {"subject": None}
        assert lines[other["id"]]["subject"] == "别人的事"
        for moment in ({}, {"as_of": "2100-01-01T00:00:00Z"}, {"known_at": "2100-01-01T00:00:00Z"}):
            after = await desk.read(f"/cases/{filed['id']}", **moment)
            assert after.json()["case"]["subject"] is None
            for event, was in zip(after.json()["history"], before["history"], strict=True):
                assert event["data"] == {
                    name: None if name in SEALED else value for name, value in was["data"].items()
                }
            for text in (PETITION["phone"], PETITION["details"], "已更换灯泡", "太慢"):
                assert text not in after.text


async def test_a_person_is_erased_once_and_every_retry_gets_that_answer(desk: FrontDesk) -> None:
    filed = await desk.file()
    person, key = await _person(desk, filed["id"]), fresh_key()
    first = await _erase(desk, person, key=key)
    again = await _erase(desk, person, key=key)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    refused(await _erase(desk, person), 409, "person_is_erased")


async def test_only_a_supervisor_erases_and_says_why(desk: FrontDesk, service: Grievance) -> None:
    filed = await desk.file()
    person = await _person(desk, filed["id"])
    for role in ("dispatcher", "auditor", "resident", "handling_unit", "importer"):
        refused(await _erase(desk, person, roles=(role,)), 403, "role_missing")
    address = f"/persons/{person}/erasure"
    for form in ({}, {"reason": ""}, {"reason": " "}, {"reason": "a\x00"}):
        answer = await desk.client.post(address, json=form, headers=desk.headers(**CHIEF))
        refused(answer, 422, "invalid_request")
    assert await service.head() == 1
    page = (await desk.read(f"/cases/{filed['id']}")).json()
    assert page["case"]["subject"] == PETITION["subject"]


async def test_nothing_new_can_be_said_of_an_erased_person(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk
) -> None:
    person = str(uuid4())
    filed = await desk.file(person=person)
    assert await _person(desk, filed["id"]) == person
    await desk.walk(filed["id"], "accept", "dispatch", "sign")
    assert (await _erase(desk, person)).status_code == 200
    again = await client.post("/cases", json={**PETITION, "person": person}, headers=headers())
    refused(again, 409, "person_erased")
    refused(await desk.step(filed["id"], "reply", 4), 409, "person_erased")
    correction = {"corrects": 1, "changes": {"category": "照明"}, "reason": "reclassified"}
    answer = await desk.step(filed["id"], "correct", 4, form=correction)
    assert answer.status_code == 200


async def test_a_retry_after_the_erasure_still_gets_its_first_answer(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk
) -> None:
    key, reply_key = fresh_key(), fresh_key()
    first = await client.post("/cases", json=PETITION, headers=headers(key=key))
    case_id = first.json()["id"]
    await desk.walk(case_id, "accept", "dispatch", "sign")
    replied = await desk.step(case_id, "reply", 4, key=reply_key)
    await _erase(desk, await _person(desk, case_id))
    again = await client.post("/cases", json=PETITION, headers=headers(key=key))
    assert (again.status_code, again.content) == (201, first.content)
    again = await desk.step(case_id, "reply", 4, key=reply_key)
    assert (again.status_code, again.content) == (200, replied.content)


async def test_a_person_is_erased_only_by_whoever_answers_for_all_their_places(
    desk: FrontDesk,
) -> None:
    person = str(uuid4())
    await desk.file(person=person, territory="d/s1/c1")
    local = {"territory": "d/s1"}
    refused(await _erase(desk, str(uuid4())), 404, "no_such_person")
    refused(await _erase(desk, person, territory="d/s2"), 404, "no_such_person")
    await desk.file(person=person, territory="d/s2/c9")
    refused(await _erase(desk, person, **local), 403, "outside_territory")
    assert (await _erase(desk, person)).status_code == 200
