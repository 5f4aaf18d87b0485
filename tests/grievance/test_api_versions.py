"""If-Match: a step is taken on the version its actor has read, or not at all."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import uuid4

import httpx
import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import ACTORS, CLERK, FORMS, FrontDesk, Headers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
MALFORMED = (
    "", '""', "*", "one", '"one"', '"-1"', '"1.0"', '"1", "2"', "1,2", '"0x1"', '"1e3"', "²",
    '"9999999999"', '"' + "9" * 400 + '"', '"1" ; x', "W/", "1 2",
)  # fmt: skip


async def test_every_step_needs_the_version_that_was_read(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    for verb, form in FORMS.items():
        actor = ACTORS.get(verb, CLERK)
        answer = await client.post(
            f"/cases/{filed['id']}/{verb}", json=form, headers=headers(**actor)
        )
        refused(answer, 428, "if_match_missing")
    assert await service.head() == 1


async def test_a_malformed_version_is_refused(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    for version in MALFORMED:
        sent = httpx.Headers(headers() | {"if-match": version}, encoding="latin-1")
        address = f"/cases/{filed['id']}/accept"
        refused(await client.post(address, json={}, headers=sent), 400, "if_match_invalid")
    assert await service.head() == 1


async def test_an_old_or_future_version_is_told_the_present_one(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], "accept")
    for version in (0, 1, 3, 999_999_999):
        answer = await desk.step(filed["id"], "dispatch", version)
        problem = refused(answer, 412, "version_changed")
        assert answer.headers["etag"] == '"2"'
        assert "version 2" in problem["detail"]
    assert await service.head() == 2


async def test_the_version_is_read_quoted_plain_or_weak(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk
) -> None:
    for spelled in ('"1"', "1", 'W/"1"', ' "1" '):
        filed = await desk.file()
        sent = {**headers(), "if-match": spelled}
        answer = await client.post(f"/cases/{filed['id']}/accept", json={}, headers=sent)
        assert answer.status_code == 200, (spelled, answer.text)


async def test_of_many_who_read_the_same_version_one_is_first(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    answers = await asyncio.gather(
        *(desk.step(filed["id"], "accept", 1, sub=f"clerk-{n}") for n in range(20))
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 19}
    for answer in answers:
        assert answer.headers["etag"] == '"2"'
    assert await service.head() == 2


async def test_a_case_that_is_not_there_has_no_version_to_match(desk: FrontDesk) -> None:
    for verb in FORMS:
        refused(await desk.step(str(uuid4()), verb, 1), 404, "no_such_case")
