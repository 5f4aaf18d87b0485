"""The read model of honours: what it says, and what it keeps whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.points.honour.events import (
    HonourDeclined,
    HonourGranted,
    HonourNominated,
    HonourObjected,
    HonourObjectionAnswered,
    HonourPublicised,
    HonourRecorded,
    HonourWithdrawn,
)
from services.points.log import EVENTS, LOG
from services.points.projections.honour_wall import honour_wall
from services.points.service import PointsService
from shared.core.catalogue import Catalogue
from shared.core.messages import Event
from shared.core.sealed import Sealed
from shared.testkit.projections import Told, history, holds
from tests.points.honour_office import (
    ANN,
    BOB,
    CHIEF,
    GRID,
    HOME,
    IMPORTER,
    SECRETARY,
    HonourOffice,
    at_once,
    own,
)

AT = datetime(2026, 5, 1, tzinfo=UTC)
STREAM, PERSON = UUID(int=9), UUID(int=1)
ABOUT: dict[str, Any] = {
    "code": "best", "kind": "person", "holder": str(PERSON), "territory": "c", "person": PERSON,
}  # fmt: skip
WORDS = Sealed(subject=PERSON, field="words", box="-")
NOMINATED = HonourNominated(
    at=AT, year=2026, title="最美", title_en="Best", level="community", notice_days=5,
    granted_by=("supervisor",), rules="1", nominator="grid", **ABOUT,
)  # fmt: skip
NOTICED = HonourPublicised(at=AT, until="2026-05-12")
OBJECTED = HonourObjected(at=AT, objector="wang", words=WORDS)
DISMISSED = HonourObjectionAnswered(at=AT, objection=3, upheld=False)
GRANTED = HonourGranted(at=AT, year=2026, rules="1", **ABOUT)
WITHDRAWN = HonourWithdrawn(at=AT, granted=5, reason="conduct", **ABOUT)
RECORDED = HonourRecorded(
    at=AT, year=2019, title="最美", title_en=None, level="city", day="2019-08-30", source="牌匾",
    **ABOUT,
)  # fmt: skip
LINE = ("c", "person", "2026")


def told(*events: Event) -> Any:
    return Told(honour_wall)(*history(LOG, (STREAM, events)))


def test_an_honour_waits_is_held_and_is_held_no_more() -> None:
    [row] = told(NOMINATED, NOTICED, OBJECTED).held.rows.values()
    assert (row.status, row.open_objections, row.notice_until) == ("noticed", 1, "2026-05-12")
    held = told(NOMINATED, NOTICED, OBJECTED, DISMISSED, GRANTED)
    [row] = held.held.rows.values()
    assert (row.status, row.since, row.open_objections, row.upheld) == ("held", "2026-05-01", 0, 0)
    held.counts({LINE: {"held": 1, "withdrawn": 0}})
    over = told(NOMINATED, NOTICED, OBJECTED, DISMISSED, GRANTED, WITHDRAWN)
    [row] = over.held.rows.values()
    assert (row.status, row.reason, row.ended_on) == ("withdrawn", "conduct", "2026-05-01")
    over.counts({LINE: {"held": 0, "withdrawn": 1}})


def test_another_nomination_begins_anew() -> None:
    upheld = HonourObjectionAnswered(at=AT, objection=3, upheld=True)
    declined = HonourDeclined(at=AT, reason="objection_upheld")
    again = told(NOMINATED, NOTICED, OBJECTED, upheld, declined, NOMINATED)
    [row] = again.held.rows.values()
    assert (row.status, row.upheld, row.notice_until, row.reason) == ("nominated", 0, None, None)
    again.counts({})


def test_what_was_granted_before_is_held_and_says_from_where() -> None:
    [row] = told(RECORDED, GRANTED).held.rows.values()
    assert (row.status, row.recorded, row.source, row.year) == ("held", True, "牌匾", 2019)


@pytest.mark.postgres
@pytest.mark.anyio
async def test_it_keeps_what_every_read_model_keeps(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> None:
    office = HonourOffice(client, headers, service)
    await office.draw()
    one = await office.nominate()
    await office.step(one, "publicise", CHIEF)
    await office.post(f"/honours/{one}/object", {"words": "不实"}, own(BOB))
    [objection] = (await office.read(f"/honours/{one}", CHIEF))["objections"]
    form = {"objection": objection["number"], "upheld": True}
    await office.step(one, "answer", CHIEF, **form)
    await office.step(one, "decline", CHIEF, reason="objection_upheld")
    await office.rule(at_once())
    await office.granted()
    await office.granted("model_community", by=SECRETARY, territory=HOME)
    await office.step(one, "withdraw", CHIEF, reason="conduct")
    await office.nominate("ten_star_household", GRID, person=str(ANN), name="王家")
    plaque = {"kind": "community", "territory": HOME, "title": "文明社区", "level": "city",
              "day": "2019-08-30", "source": "牌匾"}  # fmt: skip
    await office.post("/honours/record", plaque, IMPORTER)
    async with service.pool.acquire() as connection:
        seen = {row["type"] for row in await connection.fetch("select distinct type from event")}
    about = Catalogue.of(honour_wall.of).classes.keys()
    assert about - seen == set(), "these were to be tried"
    await holds(service.pool, honour_wall, LOG, EVENTS)
