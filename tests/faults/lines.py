"""Connections to the web process that cost the one who asks little: a steady load has to load the
house, not the machine."""

from __future__ import annotations

import asyncio
import json
from asyncio import StreamReader, StreamWriter
from typing import Any

from tests.faults.clerks import Request
from tests.faults.house import API, House

END = b"\r\n\r\n"
LENGTH = b"content-length:"
SECONDS = 30.0
IDLE = 2.0

Line = tuple[StreamReader, StreamWriter]


class Lines:
    """Kept-alive connections; one that is busy is not waited for, another is opened."""

    def __init__(self, house: House, token: str) -> None:
        self._port = house.port
        self._head = f"content-type: application/json\r\nauthorization: Bearer {token}\r\n"
        self._free: list[tuple[float, Line]] = []

    async def told(self, request: Request) -> dict[str, Any]:
        """The answer to this command. Raises AssertionError when it is a refusal."""
        async with asyncio.timeout(SECONDS):
            reader, writer = await self._line()
            writer.write(self._written(request))
            head = (await reader.readuntil(END)).lower()
            sizes = [one for one in head.split(b"\r\n") if one.startswith(LENGTH)]
            body = await reader.readexactly(int(sizes[0][len(LENGTH) :]))
        self._free.append((asyncio.get_running_loop().time(), (reader, writer)))
        assert head.split(b" ", 2)[1].startswith(b"2"), body.decode()
        answer: dict[str, Any] = json.loads(body)
        return answer

    async def aclose(self) -> None:
        """Hang up; to be called when nothing is asked any more."""
        for _, (_, writer) in self._free:
            writer.close()
            await writer.wait_closed()

    async def _line(self) -> Line:
        """One that was used a moment ago: the server hangs up those that are idle for longer."""
        while self._free:
            used, line = self._free.pop()
            if used > asyncio.get_running_loop().time() - IDLE:
                return line
            line[1].close()
            await line[1].wait_closed()
        return await asyncio.open_connection("127.0.0.1", self._port)

    def _written(self, request: Request) -> bytes:
        body = json.dumps(dict(request.body)).encode()
        version = "" if request.version is None else f'if-match: "{request.version}"\r\n'
        head = (
            f"POST {API}{request.path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{self._head}{version}"
            f"idempotency-key: {request.key}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body
