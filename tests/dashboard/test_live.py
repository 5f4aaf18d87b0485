"""Whoever watches is told when the figures have moved, and nobody looks when nobody watches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.dashboard.pages import live
from services.dashboard.pages.live import Live

PATIENCE = 5


class Figures:
    """How far the figures have come; `looks` counts who asked."""

    def __init__(self) -> None:
        self.position = 1
        self.looks = 0
        self.away = False
        self.refused = asyncio.Event()

    async def __call__(self) -> int:
        self.looks += 1
        if self.away:
            self.refused.set()
            raise ConnectionRefusedError
        return self.position


@pytest.fixture
def figures() -> Figures:
    return Figures()


@pytest.fixture
async def watched(figures: Figures) -> AsyncIterator[Live]:
    made = Live(figures)
    yield made
    await made.aclose()


async def _next(stream: AsyncIterator[bytes]) -> bytes:
    return await asyncio.wait_for(anext(stream), PATIENCE)


async def _moved(stream: AsyncIterator[bytes]) -> None:
    while await _next(stream) != live.MOVED:
        pass


async def test_everyone_who_watches_is_told(watched: Live, figures: Figures) -> None:
    first, second = watched.watch(), watched.watch()
    assert await _next(first) == b": here\n\n"
    await _moved(first)  # what was there before they came
    assert await _next(second) == b": here\n\n"
    figures.position = 7
    await asyncio.gather(_moved(first), _moved(second))


async def test_a_server_that_is_away_is_asked_again(watched: Live, figures: Figures) -> None:
    stream = watched.watch()
    await _next(stream)
    await _moved(stream)
    figures.away = True
    await asyncio.wait_for(figures.refused.wait(), PATIENCE)
    figures.away, figures.position = False, 9
    await _moved(stream)


async def test_nothing_new_is_said_so_that_proxies_keep_the_line(
    watched: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "QUIET_SECONDS", 0.05)
    stream = watched.watch()
    seen = {await _next(stream) for _ in range(4)}
    assert b": quiet\n\n" in seen


async def test_the_more_watch_the_less_often_they_are_told(
    watched: Live, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "TOLD_A_SECOND", 4)
    streams = [watched.watch() for _ in range(2)]
    for stream in streams:
        await _next(stream)
    await asyncio.sleep(0.6)
    assert figures.looks <= 2


async def test_nobody_looks_when_nobody_watches(watched: Live, figures: Figures) -> None:
    stream = watched.watch()
    await _next(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    looking = watched._looking
    assert looking is not None
    await asyncio.wait_for(looking, PATIENCE)
    assert figures.looks <= 2
