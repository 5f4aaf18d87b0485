"""Ports as tests need them: one that keeps what it gets, and an HTTP server that says what it is
told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import orjson

from services.grievance.telling.message import Contact, Failed, Message
from services.grievance.words import FailureReason, PortName


class Kept:
    """A port that keeps what it gets, and fails for as long as it has a reason to."""

    name: PortName

    def __init__(self, name: PortName = "gateway", failing: FailureReason | None = None) -> None:
        self.name = name
        self.failing: FailureReason | None = failing
        self.got: list[Message] = []
        self.during: Callable[[], Awaitable[Any]] | None = None

    def reaches(self, contact: Contact) -> bool:
        """By phone; mail by mail."""
        return (contact.email if self.name == "email" else contact.phone) is not None

    async def send(self, message: Message) -> None:
        """Keep it."""
        if self.during is not None:
            await self.during()
        if self.failing is not None:
            raise Failed(self.failing)
        self.got.append(message)


class Request(NamedTuple):
    """What came in: headers by their lower-case names, and the body."""

    line: str
    headers: dict[str, str]
    body: Any


class Listening:
    """A server on loopback: what it got, and the status that it answers; None for no answer."""

    def __init__(self) -> None:
        self.status: int | None = 202
        self.got: list[Request] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request and its answer."""
        line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
        headers = {
            name.lower(): value for name, value in (one.split(": ", 1) for one in lines if one)
        }
        body = orjson.loads(await reader.readexactly(int(headers["content-length"])))
        self.got.append(Request(line, headers, body))
        if self.status is None:
            await reader.read()  # until the client has gone
        else:
            writer.write(b"HTTP/1.1 %d X\r\ncontent-length: 0\r\n\r\n" % self.status)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Listening]:
    """It listens meanwhile."""
    made = Listening()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/notices"
    async with server:
        yield made
