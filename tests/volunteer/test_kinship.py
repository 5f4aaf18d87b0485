"""The port to the register: what it makes of what the territory service answers, or does not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.volunteer.kinship import Bond, Register
from services.volunteer.settings import Settings
from shared.ops.settings import Databases
from shared.runtime.web.problems import Problem

pytestmark = pytest.mark.anyio
ANN, BEN = UUID(int=1), UUID(int=2)
Answers = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Callable[[Answers], Register]]:
    """A register that answers so."""
    token = tmp_path / "token"
    token.write_text("secret\n")
    settings = Settings(
        volunteer=Databases(dsn="", keys_dsn=""),
        feeds={"territory": "http://t/api/territory/v1"},
        service_token_file=token,
    )
    made: list[Register] = []

    def make(answers: Answers) -> Register:
        one = Register(settings)
        one._client = httpx.AsyncClient(transport=httpx.MockTransport(answers))
        made.append(one)
        return one

    yield make
    for one in made:
        await one.aclose()


async def test_it_asks_with_its_token_and_tells_relation_and_age(register: Any) -> None:
    asked: list[httpx.Request] = []

    def answers(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"relation": "child", "of_age": True})

    assert await register(answers).bond(ANN, BEN, 60) == Bond("child", elder=True)
    [request] = asked
    assert request.url.path == f"/api/territory/v1/residents/{ANN}/bonds/{BEN}"
    assert request.url.params["age"] == "60"
    assert request.headers["authorization"] == "Bearer secret"


async def test_an_age_is_asked_of_one_person(register: Any) -> None:
    asked: list[httpx.Request] = []

    def answers(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"relation": None, "of_age": True})

    assert await register(answers).of_age(ANN, 67) is True
    assert asked[0].url.params["age"] == "67"


async def test_nobody_is_their_own_relative_and_an_unknown_age_is_no_age(register: Any) -> None:
    told = {"relation": "spouse", "of_age": None}
    one = register(lambda _: httpx.Response(200, json=told))
    assert await one.bond(ANN, ANN) == Bond(None, elder=False)


async def test_a_stranger_to_the_register_is_nothing_to_anybody(register: Any) -> None:
    one = register(lambda _: httpx.Response(404, json={"code": "no_such_resident"}))
    assert await one.bond(ANN, BEN) == Bond(None, elder=False)


async def test_care_is_counted_by_class(register: Any) -> None:
    told = {"items": [{"tag": "hardship", "persons": 3}, {"tag": "veteran", "persons": 1}]}
    one = register(lambda _: httpx.Response(200, json=told))
    assert await one.care("d") == {"hardship": 3, "veteran": 1}


def _down(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("down", request=request)


@pytest.mark.parametrize(
    "answers",
    [
        _down,
        lambda _: httpx.Response(500, json={"code": "internal_error"}),
        lambda _: httpx.Response(403, json={"code": "role_missing"}),
        lambda _: httpx.Response(404, json={"code": "not_found"}),
        lambda _: httpx.Response(200, content=b"<html>"),
        lambda _: httpx.Response(404, json=[]),
    ],
    ids=["down", "broken", "forbidden", "no such address", "not json", "something else"],
)
async def test_a_register_that_does_not_answer_is_said_to_be_away(
    answers: Answers, register: Any
) -> None:
    one = register(answers)
    for asked in (one.bond(ANN, BEN), one.care("d")):
        with pytest.raises(Problem) as fault:
            await asked
        assert (fault.value.status, fault.value.code) == (503, "register_away")
