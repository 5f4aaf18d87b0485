"""One command, however often it is sent: the first answer, one event."""

from __future__ import annotations

import asyncio
from collections import Counter

import httpx
import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import (
    FORMS,
    PETITION,
    UNIT,
    FrontDesk,
    Headers,
    fresh_key,
    refused,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
REPLAYED = "idempotency-replayed"


async def test_a_missing_or_oversized_key_is_refused(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    for key in (None, "", '""', "   ", '"', "k" * 256):
        sent = {**headers(), "idempotency-key": key or ""}
        if key is None:
            del sent["idempotency-key"]
        answer = await client.post("/cases", json=PETITION, headers=sent)
        refused(answer, 400, "idempotency_key_missing")
    assert await service.head() == 0


async def test_the_same_request_gets_the_same_answer_quoted_or_not(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    key = "k" * 255
    first = await client.post("/cases", json=PETITION, headers=headers(key=key))
    assert REPLAYED not in first.headers
    for sent in (f'"{key}"', key, f' "{key}" '):
        again = await client.post(
            "/cases", json=PETITION, headers={**headers(), "idempotency-key": sent}
        )
        assert (again.status_code, again.content) == (201, first.content)
        assert again.headers[REPLAYED] == "true"
        assert again.headers["etag"] == first.headers["etag"]
    assert await service.head() == 1


async def test_the_same_key_with_another_body_is_refused(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    key = fresh_key()
    await client.post("/cases", json=PETITION, headers=headers(key=key))
    for changes in ({"subject": "另一件事"}, {"territory": "nowhere"}, {"channel": "app"}):
        other = {**PETITION, **changes}
        answer = await client.post("/cases", json=other, headers=headers(key=key))
        refused(answer, 422, "idempotency_key_reused")
    assert await service.head() == 1


async def test_a_key_is_its_actors_own_and_its_routes_own(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    key = fresh_key()
    mine = await client.post("/cases", json=PETITION, headers=headers("clerk-1", key=key))
    theirs = await client.post("/cases", json=PETITION, headers=headers("clerk-2", key=key))
    assert mine.json()["id"] != theirs.json()["id"]
    step = f"/cases/{mine.json()['id']}/accept"
    answer = await client.post(step, json={}, headers=headers("clerk-1", key=key, version=1))
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert await service.head() == 3


async def test_a_refusal_is_not_kept_so_the_same_key_may_succeed_later(desk: FrontDesk) -> None:
    filed = await desk.file()
    key = fresh_key()
    refused(await desk.step(filed["id"], "dispatch", 1, key=key), 409)
    await desk.walk(filed["id"], "accept")
    answer = await desk.step(filed["id"], "dispatch", 2, key=key)
    assert answer.status_code == 200
    assert REPLAYED not in answer.headers


async def test_a_retried_step_gets_its_first_answer_when_the_case_has_moved_on(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], "accept", "dispatch")
    key = fresh_key()
    first = await desk.step(filed["id"], "sign", 3, key=key)
    await desk.walk(filed["id"], "reply", "close", "reopen", version=4)
    answer = await desk.step(filed["id"], "dispatch", 7, form={"unit": "parks"})
    assert answer.status_code == 200
    head = await service.head()
    # neither the version it had seen is still right, nor may the unit see the case any longer
    for version in (3, 8, 1):
        again = await desk.step(filed["id"], "sign", version, key=key)
        assert (again.status_code, again.content) == (200, first.content)
        assert again.headers[REPLAYED] == "true"
    refused(await desk.read(f"/cases/{filed['id']}", actor=UNIT), 404)
    refused(
        await desk.step(filed["id"], "sign", 3, key=key, form={"late_reason": "paper_form"}),
        422,
        "idempotency_key_reused",
    )
    assert await service.head() == head


async def test_identical_requests_at_once_make_one_event(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    sent = headers(key=fresh_key())
    answers = await asyncio.gather(
        *(client.post("/cases", json=PETITION, headers=sent) for _ in range(50))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Counter(REPLAYED in answer.headers for answer in answers) == {True: 49, False: 1}
    assert await service.head() == 1


async def test_identical_steps_at_once_make_one_event(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    sent = headers(key=fresh_key(), version=1)
    address = f"/cases/{filed['id']}/accept"
    answers = await asyncio.gather(
        *(client.post(address, json=FORMS["accept"], headers=sent) for _ in range(50))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert Counter(REPLAYED in answer.headers for answer in answers) == {True: 49, False: 1}
    assert await service.head() == 2
