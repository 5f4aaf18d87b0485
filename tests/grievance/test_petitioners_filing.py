"""A petition without a login: on record once, with a number and a code that are the same at every
retry and in no log."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.grievance.service import Grievance
from services.grievance.settings import Public, Settings
from shared.core.local_time import day_of
from shared.store.pool import connect
from shared.testkit.databases import TestDatabase
from tests.grievance.front_desk import CHIEF, FrontDesk, Headers, fresh_key, pointers, refused
from tests.grievance.residents import OWN, Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NUMBER = re.compile("([0-9]{8})-([1-9][0-9]*)")


async def test_a_petition_is_filed_by_place_and_words_alone(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    answer = await residents.post("", {"territory": "d/s1", "details": "路灯坏了。请修。"})
    assert answer.status_code == 201, answer.text
    slip = answer.json()
    day, position = NUMBER.fullmatch(slip["number"]).groups()  # type: ignore[union-attr]
    assert day == day_of(datetime.now(UTC)).replace("-", "")
    await service.projector.drain()
    [line] = (await desk.register(actor=CHIEF))["items"]
    assert line["number"] == int(position)
    assert (line["subject"], line["case_type"], line["channel"]) == ("路灯坏了", "help", "online")
    page = (await desk.read(f"/cases/{line['id']}")).json()
    [raised] = page["history"]
    assert raised["actor"] == f"anonymous:{page['petitioner']}"
    assert raised["data"]["details"] == "路灯坏了。请修。"


async def test_what_was_told_is_for_those_who_handle_it(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file(subject="路灯")
    await service.projector.drain()
    [line] = (await desk.register())["items"]
    for role, sees in (("dispatcher", True), ("supervisor", False)):
        answer = await desk.read(f"/cases/{line['id']}", actor={"sub": "x", "roles": (role,)})
        told = answer.json()["history"][0]["data"]
        assert (told["subject"], told["spot"]) == ("路灯", OWN["spot"])
        assert ({"name", "phone", "email", "address"} <= told.keys()) is sees
        assert "code" not in told, "the code is the petitioner's alone"
        assert slip["code"] not in answer.text


async def test_every_retry_gets_the_same_number_and_code(
    residents: Residents, service: Grievance
) -> None:
    key = fresh_key()
    answers = await asyncio.gather(*(residents.post("", OWN, key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert await service.head() == 1
    refused(await residents.post("", {**OWN, "subject": "x"}, key), 422, "idempotency_key_reused")
    other = await residents.file()
    assert other["code"] != answers[0].json()["code"]


async def test_the_code_is_nowhere_in_the_log_and_in_no_read_model(
    residents: Residents, service: Grievance, log_database: TestDatabase
) -> None:
    slip = await residents.file()
    plain = slip["code"].replace("-", "")
    await service.projector.drain()
    connection = await connect(log_database.owner)
    try:
        payload = await connection.fetchval("select payload from event")
        [row] = await connection.fetch("select r::text from case_register r")
    finally:
        await connection.close()
    assert set(json.loads(payload)["code"]) == {"subject", "field", "box"}
    for kept in (payload.decode(), row["r"]):
        assert plain not in kept
        assert slip["code"] not in kept


async def test_with_a_token_it_is_ones_own_whatever_else_one_is(
    client: httpx.AsyncClient, desk: FrontDesk, headers: Headers, service: Grievance
) -> None:
    for number, role in enumerate(("resident", "auditor"), start=1):
        me: dict[str, Any] = {"sub": f"someone-{number}", "roles": (role,)}
        answer = await client.post("/petitions", json=OWN, headers=headers(**me))
        assert answer.status_code == 201, answer.text
        await service.projector.drain()
        mine = {**me, "roles": ("resident",)}
        [line] = (await desk.register(actor=mine))["items"]
        assert answer.json()["number"].endswith(f"-{line['number']}")
    bad = {**headers(), "authorization": "Bearer x"}
    refused(await client.post("/petitions", json=OWN, headers=bad), 401, "unauthenticated")


async def test_a_key_that_others_could_have_too_is_refused(
    client: httpx.AsyncClient, headers: Headers
) -> None:
    for key in ("", "1", "k" * 15, "k" * 256):
        answer = await client.post("/petitions", json=OWN, headers={"idempotency-key": key})
        refused(answer, 400, "idempotency_key_missing")
    sent = {"idempotency-key": "k" * 16}
    assert (await client.post("/petitions", json=OWN, headers=sent)).status_code == 201
    assert (await client.post("/petitions", json=OWN, headers=headers(key="1"))).status_code == 201


async def test_bad_input_is_pointed_at(residents: Residents, service: Grievance) -> None:
    for name, value in (
        ("territory", ""), ("territory", None), ("details", " "), ("details", "字" * 5_001),
        ("details", "a\x00"), ("subject", ""), ("case_type", "x"), ("phone", "call me"),
        ("email", "call me"),
        ("name", "n" * 201), ("spot", "s" * 501), ("address", 5), ("channel", "hotline"),
        ("occurred_at", "2026-01-01T00:00:00Z"), ("urgency", "critical"), ("code", "x"),
    ):  # fmt: skip
        problem = refused(await residents.post("", {**OWN, name: value}), 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"], name
    problem = refused(await residents.post("", {**OWN, "territory": "d/x"}), 422)
    assert (problem["code"], pointers(problem)) == ("unknown_territory", ["/territory"])
    assert await service.head() == 0


async def test_whoever_was_erased_since_has_no_slip_any_more(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    key = fresh_key()
    slip = (await residents.post("", OWN, key)).json()
    await service.projector.drain()
    [line] = (await desk.register())["items"]
    person = (await desk.read(f"/cases/{line['id']}")).json()["petitioner"]
    form = {"reason": "own_request"}
    erased = asyncio.create_task(
        desk.client.post(f"/persons/{person}/erasure", json=form, headers=desk.headers(**CHIEF))
    )
    assert (await erased).status_code == 200, erased.result().text
    refused(await residents.post("", OWN, key), 409, "person_erased")
    looked = await residents.post(f"/{slip['number']}/look", {"code": slip["code"]})
    refused(looked, 404, "no_such_petition")


class TestWithFewAllowed:
    """What is open to all has an end."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"public": Public(filings=3, looks=2)})

    async def test_filings_beyond_the_allowance_are_told_when_to_come_again(
        self, residents: Residents, desk: FrontDesk
    ) -> None:
        slip = await residents.file()
        answers = [await residents.post("", OWN) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        refused(answers[-1], 429, "too_often")
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 20
        await desk.file()  # whoever has a token and a desk is not kept waiting
        path = f"/{slip['number']}/look"
        looks = [await residents.post(path, {"code": slip["code"]}) for _ in range(3)]
        assert [look.status_code for look in looks] == [200, 200, 429]
