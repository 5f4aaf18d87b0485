"""Coverage of those who need care: in figures, without a name, and true after a reversal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.volunteer.account.commands import ApproveHours, LogHours, ReverseHours
from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.beneficiary_coverage import beneficiary_coverage
from services.volunteer.service import Volunteers
from services.volunteer.words import Care
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.testkit.projections import holds
from tests.territory.office import Headers
from tests.volunteer.neighbours import BEN, HOME, RULES, Neighbours, of

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LEADER = Actor(id="leader", roles=frozenset({"team_leader"}), territory="d")
APPROVER = Actor(id="approver", roles=frozenset({"hours_approver"}), territory="d")
FIGURES = ("people", "in_30", "in_90", "ever", "never", "visits")
BOSS: Mapping[str, Any] = {"sub": "boss", "roles": ("supervisor",), "territory": "d"}


@pytest.fixture
async def people(
    client: httpx.AsyncClient, headers: Headers, service: Volunteers,
    monkeypatch: pytest.MonkeyPatch,
) -> Neighbours:  # fmt: skip
    """Five elders live alone here, by the register."""
    made = await Neighbours.of((client, headers, service), monkeypatch)

    async def care(territory: str) -> dict[str, int]:
        return {"living_alone": 5} if territory in ("d", "d/s1/c1") else {}

    monkeypatch.setattr(service.register, "care", care)
    return made


def _visit(days_ago: int, whom: int, care: Care = "living_alone") -> LogHours:
    now = datetime.now(UTC)
    return LogHours(
        at=now, actor=LEADER, late_reason="paper_form", person=BEN, home=HOME,
        day=day_of(now - timedelta(days=days_ago)), minutes=30, territory=HOME,
        service="companionship", evidence="recorder", rules=RULES, care=care,
        beneficiary=UUID(int=whom),
    )  # fmt: skip


async def _approved(people: Neighbours, record: int) -> None:
    approve = ApproveHours(at=datetime.now(UTC), actor=APPROVER, record=record, rules=RULES)
    await people.tell(BEN, approve)


async def test_who_was_visited_counts_once_by_the_last_visit(
    people: Neighbours, service: Volunteers
) -> None:
    for days_ago, whom in ((100, 1), (5, 1), (60, 2), (200, 3), (1, 4)):
        await people.tell(BEN, _visit(days_ago, whom))
    for record in (2, 3, 4, 5):  # the visit to the fourth is not approved
        await _approved(people, record)
    board = await people.read("/coverage", BOSS)
    [line] = [one for one in board["items"] if one["care"] == "living_alone"]
    assert {name: line[name] for name in FIGURES} == {
        "people": 5, "in_30": 1, "in_90": 2, "ever": 3, "never": 2, "visits": 4,
    }  # fmt: skip
    assert line["last_day"] == day_of(datetime.now(UTC) - timedelta(days=5))
    assert str(UUID(int=1)) not in str(board)
    elsewhere = await people.read("/coverage", BOSS, under="d/s1/c2")
    assert {one["visits"] for one in elsewhere["items"]} == {0}
    await holds(service.pool, beneficiary_coverage, LOG, EVENTS)


async def test_a_visit_whose_hours_were_reversed_was_none(people: Neighbours) -> None:
    await people.tell(BEN, _visit(5, 1))
    await _approved(people, 2)
    reverse = ReverseHours(at=datetime.now(UTC), actor=APPROVER, record=2, reason="false_hours")
    await people.tell(BEN, reverse)
    board = await people.read("/coverage", BOSS)
    [line] = [one for one in board["items"] if one["care"] == "living_alone"]
    assert (line["ever"], line["never"], line["last_day"]) == (0, 5, None)


async def test_residents_do_not_read_it(people: Neighbours) -> None:
    answer = await people.client.get("/coverage", headers=people.headers(**of(BEN)))
    assert (answer.status_code, answer.json()["code"]) == (403, "role_missing")


async def test_figures_without_a_register_are_refused_not_guessed(
    client: httpx.AsyncClient, headers: Headers, service: Volunteers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made = await Neighbours.of((client, headers, service), monkeypatch)
    answer = await made.client.get("/coverage", headers=made.headers(**BOSS))
    assert (answer.status_code, answer.json()["code"]) == (503, "register_away")
    assert answer.headers["retry-after"] == "1"
