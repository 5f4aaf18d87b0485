"""The service as it starts."""

from __future__ import annotations

from fastapi import FastAPI

from services.volunteer import app


async def test_it_can_answer(running: FastAPI) -> None:
    assert await app.ready(running)
