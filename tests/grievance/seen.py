"""A case with all that can be seen of it, the ways to see it, and what is on record of that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from services.grievance.log import LOOK_LOG, LOOKS
from services.grievance.service import Grievance
from shared.core.envelope import Recorded
from shared.store import read
from tests.grievance.evidence import handed_in, own_file
from tests.grievance.front_desk import CHIEF, FORMS, FrontDesk
from tests.grievance.papers import PLAIN
from tests.grievance.pictures import BASELINE
from tests.grievance.residents import Residents

WHY = {"reason": "接到上级交办，需要核实联系方式。"}
CONTACT = ("address", "email", "name", "phone")


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self, _: object = None) -> datetime:
        """The moment it shows."""
        return self.moment


class Shop(NamedTuple):
    """A case that was answered, and those who come to see it."""

    desk: FrontDesk
    residents: Residents
    service: Grievance
    case_id: str
    slip: Mapping[str, Any]

    async def read(self, path: str = "", **query: Any) -> httpx.Response:
        """Something of the case, as the clerk or as `actor`."""
        return await self.desk.read(f"/cases/{self.case_id}{path}", **query)

    async def own(self, path: str, form: Mapping[str, Any] | None = None) -> httpx.Response:
        """Something of it as its petitioner gets it."""
        number, code = self.slip["number"], self.slip["code"]
        return await self.residents.post(f"/{number}{path}", {"code": code, **(form or {})})

    async def glass(
        self, form: Mapping[str, Any] = WHY, key: str | None = None, **actor: Any
    ) -> httpx.Response:
        """The case for somebody who says why."""
        sent = self.desk.headers(**(actor or CHIEF), key=key)
        path = f"/cases/{self.case_id}/break-glass"
        return await self.desk.client.post(path, json=form, headers=sent)


async def shop(desk: FrontDesk, residents: Residents, service: Grievance) -> Shop:
    """One with a photo, a reply, and a file behind the reply."""
    slip = await residents.file(photos=[await residents.upload(BASELINE)])
    await service.projector.drain()
    case_id = str((await desk.register(actor=CHIEF))["items"][0]["id"])
    await desk.walk(case_id, "accept", "dispatch", "sign")
    reply = {**FORMS["reply"], "files": [await handed_in(desk, PLAIN)]}
    assert (await desk.step(case_id, "reply", 4, form=reply)).status_code == 200
    await service.projector.drain()
    await service.searched.drain()
    return Shop(desk, residents, service, case_id, slip)


async def on_record(service: Grievance, after: int = 0) -> list[Recorded[Any]]:
    """The looks past this position, from the log itself."""
    async with service.pool.acquire() as connection:
        rows = await read.page(connection, LOOK_LOG, after, 1_000)
    return [read.decode(LOOKS, row) for row in rows]


def _own_file(one: Shop) -> Awaitable[httpx.Response]:
    return one.residents.post(*own_file(one.slip, 5, 1))


Way = Callable[[Shop], Awaitable[httpx.Response]]
AGO = timedelta(seconds=1)
SATISFIED = {"resolved": True, "satisfied": True}
# What of a case each way shows: of what kind the look is, which part, with which contact details.
WAYS: Mapping[str, tuple[Way, tuple[str, str | None, str | None, tuple[str, ...]]]] = {
    "timeline": (lambda one: one.read("/timeline"), ("case-opened", "timeline", None, ())),
    "notices": (lambda one: one.read("/notices"), ("case-opened", "notices", None, ())),
    "photo": (lambda one: one.read("/photos/1"), ("case-opened", "photo", "1", ())),
    "file": (lambda one: one.read("/files/5/1"), ("case-opened", "file", "5-1", ())),
    "letter": (lambda one: one.read("/letter"), ("case-opened", "letter", None, ("name",))),
    "case": (lambda one: one.read(), ("case-opened", "case", None, CONTACT)),
    "case without contact": (
        lambda one: one.read(actor=CHIEF), ("case-opened", "case", None, ()),
    ),
    "case as it was": (
        lambda one: one.read(as_of=datetime.now(UTC).isoformat(), actor={**CHIEF, "sub": "c-2"}),
        ("case-opened", "case", None, ()),
    ),
    "search": (
        lambda one: one.desk.read("/cases", q="路灯"), ("register-searched", None, None, ()),
    ),
    "glass": (lambda one: one.glass(), ("glass-broken", None, None, CONTACT)),
    "own": (lambda one: one.own("/look"), ("case-opened", "petition", None, ())),
    "own photo": (lambda one: one.own("/photos/1"), ("case-opened", "photo", "1", ())),
    "own file": (_own_file, ("case-opened", "file", "5-1", ())),
    "own letter": (lambda one: one.own("/letter"), ("case-opened", "letter", None, ("name",))),
}  # fmt: skip
# It shows what the way before it shows, within the same minute.
ANSWER: Way = lambda one: one.own("/callback", SATISFIED)  # noqa: E731


def told(one: Recorded[Any]) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    """A look as `WAYS` has it."""
    event = one.event
    shown, part = getattr(event, "shown", None), getattr(event, "part", None)
    return one.type, shown, part, getattr(event, "fields", ())


def sees(one: Recorded[Any], case_id: str) -> bool:
    """Whether this case was seen."""
    event = one.event
    return UUID(case_id) in {getattr(event, "case_id", None), *getattr(event, "cases", ())}
