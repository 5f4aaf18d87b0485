"""Whoever guesses codes learns nothing, soon has to wait, and keeps nobody out for long."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.grievance import app as grievance
from services.grievance.petitioners.slip import new_code, shown_code
from services.grievance.settings import Settings
from shared.store.attempts import MOST, WINDOW
from shared.testkit.databases import TestDatabase
from tests.grievance.front_desk import pointers, refused
from tests.grievance.residents import Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
PASSED = "update attempt set began = began - $1::interval, latest = latest - $1::interval"
FREE = 5  # tries before there is a wait


async def _pass(database: TestDatabase, time: timedelta) -> None:
    """So much time goes by."""
    connection = await asyncpg.connect(database.owner)
    await connection.execute(PASSED, time)
    await connection.close()


async def _guess(residents: Residents, number: str, verb: str = "look") -> httpx.Response:
    form: dict[str, object] = {"code": shown_code(new_code())}
    if verb != "look":
        form |= {"resolved": True, "satisfied": True} if verb == "callback" else {"reason": "x"}
    return await residents.post(f"/{number}/{verb}", form)


def _others(number: str) -> list[str]:
    """Numbers that are none: another day, a later position, no number at all."""
    day, position = number.split("-")
    return [f"20010101-{position}", f"{day}-{int(position) + 999}", f"{day}-{10**17}", "x", "1042"]


async def test_a_wrong_code_is_answered_as_a_number_that_is_none(residents: Residents) -> None:
    slip = await residents.file()
    wrong = await _guess(residents, slip["number"])
    assert pointers(refused(wrong, 404, "no_such_petition")) == ["/code"]
    for number in _others(slip["number"]):
        answer = await residents.post(f"/{number}/look", {"code": slip["code"]})
        assert (answer.status_code, answer.content) == (404, wrong.content), number
    for verb in ("callback", "reopen"):
        assert (await _guess(residents, slip["number"], verb)).content == wrong.content


async def test_after_some_wrong_codes_none_is_looked_at_for_a_while(
    residents: Residents, log_database: TestDatabase
) -> None:
    slip, other = await residents.file(), await residents.file()
    nobody = _others(slip["number"])[1]
    for number in (slip["number"], nobody):
        codes = [(await _guess(residents, number)).status_code for _ in range(FREE + 1)]
        assert codes == [404] * FREE + [429], number
    answer = await residents.post(f"/{slip['number']}/look", {"code": slip["code"]})
    refused(answer, 429, "too_many_tries")
    assert 1 <= int(answer.headers["retry-after"]) <= 2
    await residents.look(other)
    await _pass(log_database, timedelta(seconds=2))
    await residents.look(slip)
    codes = [(await _guess(residents, slip["number"])).status_code for _ in range(FREE + 1)]
    assert codes == [404] * FREE + [429], "who knew the code began anew"


async def test_there_are_so_many_tries_in_a_window_and_then_it_ends(
    residents: Residents, log_database: TestDatabase
) -> None:
    slip = await residents.file()
    seen: Counter[int] = Counter()
    for _ in range(MOST + 5):
        seen[(await _guess(residents, slip["number"])).status_code] += 1
        await _pass(log_database, timedelta(seconds=35))
    assert seen == {404: MOST, 429: 5}
    answer = await residents.post(f"/{slip['number']}/look", {"code": slip["code"]})
    refused(answer, 429, "too_many_tries")
    assert int(answer.headers["retry-after"]) <= WINDOW.total_seconds() - 15 * 35
    await _pass(log_database, WINDOW - timedelta(seconds=15 * 35))
    await residents.look(slip)


async def test_guesses_at_once_and_through_two_processes_are_counted_together(
    residents: Residents, settings: Settings, running: FastAPI
) -> None:
    slip = await residents.file()
    app = grievance.api(settings)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://linli") as client,
    ):
        doors = (residents, Residents(client))
        answers = await asyncio.gather(*(_guess(doors[n % 2], slip["number"]) for n in range(60)))
    seen = Counter(answer.status_code for answer in answers)
    assert seen[404] + seen[429] == 60
    assert seen[404] in (FREE, FREE + 1), "one more where this took two seconds"


async def test_the_right_code_among_many_guesses_is_one_try_of_few(residents: Residents) -> None:
    slip = await residents.file()
    right = residents.post(f"/{slip['number']}/look", {"code": slip["code"]})
    guesses = [_guess(residents, slip["number"]) for _ in range(40)]
    answers = await asyncio.gather(*guesses, right)
    assert answers[-1].status_code == 429


async def test_what_is_no_code_at_all_is_pointed_at_and_counts_for_nothing(
    residents: Residents,
) -> None:
    slip = await residents.file()
    for _ in range(2 * MOST):
        for form in ({}, {"code": ""}, {"code": "123"}, {"code": "UUUU-UUUU"}, {"code": 5}):
            answer = await residents.post(f"/{slip['number']}/look", form)
            assert pointers(refused(answer, 422, "invalid_request")) == ["/code"]
    await residents.look(slip)
