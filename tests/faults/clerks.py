"""Clerks who do not give up: every command is sent again under its key until it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple
from uuid import uuid4

import httpx

from tests.faults.house import DISTRICT, House

AGAIN_SECONDS = 0.05
AGAIN_SHARE = 0.2
TWICE_SHARE = 0.1
UNIT = "repairs"


@dataclass(frozen=True)
class Request:
    """One command: its key is what makes it one."""

    path: str
    body: Mapping[str, Any]
    version: int | None = None
    key: str = field(default_factory=lambda: uuid4().hex)


class Receipt(NamedTuple):
    """The first answer; every other must be equal to it."""

    id: str
    version: int
    position: int
    recorded_at: str


@dataclass
class Book:
    """What was asked and answered, by key; who had to ask more than once."""

    receipts: dict[str, tuple[Request, Receipt]] = field(default_factory=dict)
    interrupted: set[str] = field(default_factory=set)
    _entered: asyncio.Event = field(default_factory=asyncio.Event)

    def enter(self, request: Request, receipt: Receipt) -> None:
        """Raises AssertionError when this command was answered otherwise before."""
        _, first = self.receipts.setdefault(request.key, (request, receipt))
        assert receipt == first, f"{request} was answered {first}, then {receipt}"
        self._entered.set()

    async def grown(self, by: int) -> None:
        """Return once so many more commands have been answered."""
        wanted = len(self.receipts) + by
        while len(self.receipts) < wanted:
            self._entered.clear()
            await self._entered.wait()


@dataclass(frozen=True)
class Clerk:
    """Files petitions and takes them two steps on, one after the other, until told to stop."""

    client: httpx.AsyncClient
    house: House
    book: Book
    chance: Random

    async def work(self, stop: asyncio.Event) -> None:
        """Every command that was begun is answered when this returns."""
        while not stop.is_set():
            filed = await self.told(Request("/cases", self._petition()))
            path = f"/cases/{filed.id}"
            accepted = await self.told(Request(f"{path}/accept", {}, filed.version))
            dispatch = Request(f"{path}/dispatch", {"unit": UNIT}, accepted.version)
            await self.told(dispatch)

    async def told(self, request: Request) -> Receipt:
        """The answer; now and then the command is sent twice at once, or again afterwards."""
        copies = 2 if self.chance.random() < TWICE_SHARE else 1
        receipts = await asyncio.gather(*(self.ask(request) for _ in range(copies)))
        if self.chance.random() < AGAIN_SHARE:
            receipts.append(await self.ask(request))
        return receipts[0]

    async def ask(self, request: Request) -> Receipt:
        """Send until answered with success. Raises AssertionError for any other last word."""
        while True:
            response = await self._sent(request)
            if response is not None and response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            self.book.interrupted.add(request.key)
            await asyncio.sleep(AGAIN_SECONDS)
        assert response.is_success, f"{request}: {response.status_code} {response.text}"
        told = response.json()
        receipt = Receipt(told["id"], told["version"], told["position"], told["recorded_at"])
        self.book.enter(request, receipt)
        return receipt

    async def sees_all(self) -> None:
        """Return once the register shows whatever has been answered: the worker follows."""
        last = max(receipt.position for _, receipt in self.book.receipts.values())
        wanted = {"limit": 1, "min_position": last}
        while True:
            try:
                response = await self.client.get("/cases", params=wanted)
            except httpx.TransportError:
                continue
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
        assert response.is_success, response.text

    async def _sent(self, request: Request) -> httpx.Response | None:
        headers = {"idempotency-key": request.key}
        if request.version is not None:
            headers["if-match"] = f'"{request.version}"'
        try:
            return await self.client.post(request.path, json=request.body, headers=headers)
        except httpx.TransportError:
            return None

    def _petition(self) -> dict[str, Any]:
        return {
            "territory": DISTRICT,
            "subject": "路灯不亮",
            "details": f"第{self.chance.randrange(10_000)}盏路灯不亮。",
            "name": "某某",
        }
