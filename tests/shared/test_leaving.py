"""Long work ends with whoever waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import Request

from shared.runtime.web import leaving
from shared.runtime.web.leaving import while_waited_for
from shared.runtime.web.problems import Problem

pytestmark = pytest.mark.anyio
Receive = Callable[[], Awaitable[dict[str, Any]]]


async def stays() -> dict[str, Any]:
    """A client that says nothing more, and does not go."""
    await asyncio.Event().wait()
    raise AssertionError


async def goes() -> dict[str, Any]:
    """One that has gone."""
    return {"type": "http.disconnect"}


def asked_by(receive: Receive) -> Request:
    return Request({"type": "http", "method": "POST", "path": "/", "headers": []}, receive)


async def test_who_waits_gets_what_it_comes_to() -> None:
    async def work() -> int:
        await asyncio.sleep(0.05)
        return 7

    assert await while_waited_for(asked_by(stays), work()) == 7


async def test_what_it_raises_is_raised() -> None:
    async def work() -> int:
        raise Problem(503, "busy", "")

    with pytest.raises(Problem) as raised:
        await while_waited_for(asked_by(stays), work())
    assert raised.value.code == "busy"


async def test_it_is_broken_off_once_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "ASKED_EVERY", 0.02)
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    with pytest.raises(Problem) as raised:
        await asyncio.wait_for(while_waited_for(asked_by(goes), work()), 5)
    assert raised.value.code == "client_gone"
    assert ended.is_set()


async def test_it_is_broken_off_when_its_answer_is_cancelled() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    answer = asyncio.create_task(while_waited_for(asked_by(stays), work()))
    await began.wait()
    answer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answer
    assert ended.is_set()
