"""What a service hands over to share this machine's processes."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass

from fastapi import FastAPI


@dataclass(frozen=True)
class Mounted:
    """One service: it reads its own settings, and opens its own pools in its lifespan."""

    name: str
    title: str
    migrate: Callable[[], None]
    api: Callable[[], FastAPI]
    ready: Callable[[FastAPI], Awaitable[bool]]
    work: Callable[[asyncio.Event], Coroutine[None, None, None]]
    load_sample: Callable[[], Coroutine[None, None, None]]

    @property
    def path(self) -> str:
        """Where its HTTP API is mounted."""
        return f"/api/{self.name}/v1"
