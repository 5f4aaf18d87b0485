"""Clearing: who owes whom for help across communities, month by month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.volunteer.account.events import TimeRedeemed
from services.volunteer.clearing.commands import CloseClearing
from services.volunteer.clearing.decider import clearing
from services.volunteer.clearing.events import ClearingClosed, Position
from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.clearing_positions import ClearingRow, clearing_positions
from services.volunteer.service import Volunteers
from services.volunteer.settling.positions import settled
from shared.contracts.territory import MapContract, TerritoriesMerged
from shared.core.atlas.boundaries import Boundaries
from shared.core.local_time import month_of
from shared.core.messages import Actor
from shared.testkit.maps import tell
from shared.testkit.projections import Told, history, holds
from shared.testkit.spec import Spec
from tests.grievance.front_desk import refused
from tests.territory.office import Headers
from tests.volunteer.neighbours import (
    ANN,
    AWAY,
    BEN,
    CAI,
    HOME,
    TERRITORIES,
    Neighbours,
    of,
)  # fmt: skip

MAY = datetime(2026, 5, 20, 3, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 3, tzinfo=UTC)
BOSS: dict[str, Any] = {"sub": "boss", "roles": ("supervisor",), "territory": "d"}
ACTOR = Actor(id="boss", roles=frozenset({"supervisor"}), territory="d")
A, B = Position(community="a", gave=30, took=0), Position(community="b", gave=0, took=30)
given = Spec(clearing)


def _close(at: datetime = JUNE, lines: tuple[Position, ...] = (A, B)) -> CloseClearing:
    return CloseClearing(
        at=at, actor=ACTOR, month="2026-05", district="d", lines=lines, position=7
    )  # fmt: skip


def _closed() -> ClearingClosed:
    return ClearingClosed(at=JUNE, month="2026-05", district="d", lines=(A, B), position=7)


def test_a_month_that_is_over_is_closed_once() -> None:
    given().when(_close()).then(_closed())
    given(_closed()).when(_close()).rejected("clearing_is_closed")


def test_a_month_is_not_closed_before_it_is_over_in_beijing() -> None:
    given().when(_close(MAY)).rejected("month_is_not_over")
    midnight = datetime(2026, 5, 31, 16, tzinfo=UTC)
    given().when(_close(midnight - timedelta(seconds=1))).rejected("month_is_not_over")
    assert clearing.decide(_close(midnight), clearing.initial)


def test_what_some_are_owed_others_owe() -> None:
    given().when(_close(lines=(A,))).rejected("does_not_sum_to_zero")


def test_a_payment_is_a_line_and_a_sum() -> None:
    help_id, stream = UUID(int=1), UUID(int=2)
    paid = TimeRedeemed(at=MAY, help=help_id, minutes=30, helper=BEN, served="x")
    [one] = history("volunteer", (stream, [paid]))
    told = Told(clearing_positions)(one)
    key = next(iter(told.held.rows))
    told.rows(ClearingRow(key, 1, "d", "x", "2026-05", 30))
    told.counts({("2026-05", "d", "x"): {"payments": 1, "minutes": 30}})


@pytest.fixture
async def people(
    client: httpx.AsyncClient, headers: Headers, service: Volunteers,
    monkeypatch: pytest.MonkeyPatch,
) -> Neighbours:  # fmt: skip
    """Ann is at home in one community, Cai in the other; both have time."""
    made = await Neighbours.of((client, headers, service), monkeypatch)
    await made.save(ANN, 300, HOME)
    await made.save(CAI, 300, AWAY)
    return made


@pytest.mark.postgres
async def test_help_across_communities_is_owed_and_sums_to_zero(
    people: Neighbours, service: Volunteers
) -> None:
    await _paid(people, ANN, AWAY, 90)
    await _paid(people, CAI, HOME, 30)
    await _paid(people, ANN, HOME, 20)
    month = month_of(datetime.now(UTC))
    told = await people.read("/clearing", BOSS, month=month)
    nets = {line["community"]: (line["gave"], line["took"], line["net"]) for line in told["lines"]}
    assert nets == {"d/s1/c1": (30, 90, -60), "d/s1/c2": (90, 30, 60)}
    assert told["pairs"] == [{"owes": "d/s1/c1", "to": "d/s1/c2", "minutes": 60}]
    assert (told["inside"], told["closed"]) == (20, None)
    assert sum(line["net"] for line in told["lines"]) == 0
    refused(await people.post("/clearing", {"month": month}, **BOSS), 422, "month_is_not_over")
    await holds(service.pool, clearing_positions, LOG, EVENTS)


@pytest.mark.postgres
async def test_communities_that_merged_owe_each_other_nothing_any_more_but_did_then(
    people: Neighbours, service: Volunteers
) -> None:
    await _paid(people, ANN, AWAY, 90)
    month = month_of(datetime.now(UTC))
    merger: MapContract = TerritoriesMerged(
        at=datetime.now(UTC), codes=("d/s1/c1", "d/s1/c2"), code="d/s1/c9",
        kind="community", name="c9", parent="d/s1",
    )  # fmt: skip
    before = service.map.boundaries(datetime.now(UTC) - timedelta(minutes=5))
    await tell(service.pool, [merger], after=len(TERRITORIES))
    atlas = await service.map.read()
    told = await people.read("/clearing", BOSS, month=month)
    assert (told["lines"], told["inside"]) == ([], 90)
    paid = [{"home": HOME, "served": AWAY, "minutes": 90}]
    then = Boundaries(atlas, before.moment)
    assert settled(paid, then).pairs == (("d/s1/c1", "d/s1/c2", 90),)


@pytest.mark.postgres
async def test_a_month_is_agreed_on_once_and_by_who_may(people: Neighbours) -> None:
    last = (datetime.now(UTC).replace(day=1) - timedelta(days=2)).strftime("%Y-%m")
    assert (await people.post("/clearing", {"month": last}, **BOSS)).status_code == 201
    refused(await people.post("/clearing", {"month": last}, **BOSS), 422, "clearing_is_closed")
    refused(await people.post("/clearing", {"month": last}, **of(ANN)), 403, "role_missing")
    told = await people.read("/clearing", BOSS, month=last)
    assert (told["closed"]["by"], told["closed"]["lines"]) == ("boss", [])


async def _paid(people: Neighbours, receiver: UUID, served: str, minutes: int) -> None:
    help_id = await people.helped_in(receiver, served, minutes)
    await people.done(help_id, "confirm", receiver, review=5)
