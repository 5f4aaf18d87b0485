"""The fraud board: what was seeded is found, and nothing else; and a reversal is seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.volunteer.account.commands import ApproveHours, LogHours
from services.volunteer.account.time_commands import DonateTime
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of
from shared.core.messages import Actor
from tests.grievance.front_desk import refused
from tests.territory.office import Headers
from tests.volunteer.frauds import DAY, LON, clean, put, record
from tests.volunteer.neighbours import ANN, BEN, HOME, RULES, Neighbours, of

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
BOSS: dict[str, Any] = {"sub": "boss", "roles": ("supervisor",), "territory": "d"}
HOUR = timedelta(hours=1)
FIVE_HOURS = 300
WORDS_ONLY: dict[str, Any] = {"proof": None, "activity": None, "since": None, "until": None}


@pytest.fixture
async def people(
    client: httpx.AsyncClient, headers: Headers, service: Volunteers,
    monkeypatch: pytest.MonkeyPatch,
) -> Neighbours:  # fmt: skip
    """A district in which everybody serves as they should."""
    made = await Neighbours.of((client, headers, service), monkeypatch)
    await put(service.pool, clean(seed=1))
    return made


def _late(number: int) -> Any:
    since = DAY - timedelta(days=5) + timedelta(minutes=number)
    about = {"late": "paper_form", "recorder": "busy", "entered_at": DAY}
    return record(2_000 + number, 500 + number, since, 5, approved_at=DAY + HOUR, **about)


SEEDED: dict[str, tuple[Sequence[Any], int]] = {
    "overlap": (
        [record(1_001, 301, DAY, 60), record(1_002, 301, DAY + HOUR / 2, 60)], 30,
    ),
    "distance": (  # 100 km in half an hour
        [
            record(1_003, 302, DAY, 60),
            record(1_004, 302, DAY + 1.5 * HOUR, 60, lon=LON + 11_200_000),
        ],
        200,
    ),
    "recorder_approves": ([record(1_005, 303, DAY, 60, recorder="approver")], 60),
    "volunteer_approves": (
        [record(1_006, 304, DAY, 60, approver=str(UUID(int=304)))], 60,
    ),
    "bulk_late": ([_late(number) for number in range(20)], 20),
    "same_evidence": (
        [record(1_007, 305, DAY, 60, proof="ab"), record(1_008, 306, DAY, 60, proof="ab")], 2,
    ),
    "too_fast": (
        [
            record(
                1_009, 307, DAY, FIVE_HOURS, evidence="receiver", entered_at=DAY,
                approved_at=DAY + timedelta(minutes=2), **WORDS_ONLY,
            )
        ],
        FIVE_HOURS,
    ),
}  # fmt: skip


async def test_nothing_is_found_where_everybody_serves_as_they_should(people: Neighbours) -> None:
    board = await people.read("/findings", BOSS)
    assert (board["items"], board["more"]) == ([], [])


async def test_what_was_seeded_is_found_once_and_by_its_rule(
    people: Neighbours, service: Volunteers
) -> None:
    await put(service.pool, [row for rows, _ in SEEDED.values() for row in rows])
    items = (await people.read("/findings", BOSS))["items"]
    assert sorted(one["kind"] for one in items) == sorted(SEEDED)
    for one in items:
        rows, figure = SEEDED[one["kind"]]
        assert {line["record"] for line in one["records"]} == {row.record for row in rows}
        assert {*one["people"]} == {str(row.person) for row in rows}
        assert abs(one["figure"] - figure) <= 2, one
        assert {line["undo"] for line in one["records"]} == {"reverse"}
        assert (one["version"], one["territory"]) == ("2026.1", HOME)
    alone = await people.read("/findings", BOSS, kind="overlap")
    assert [one["kind"] for one in alone["items"]] == ["overlap"]


@pytest.mark.parametrize("status", ["reversed", "rejected"])
async def test_what_was_taken_back_is_looked_into_no_more(
    status: str, people: Neighbours, service: Volunteers
) -> None:
    rows = [row for rows, _ in SEEDED.values() for row in rows]
    fields = [{**vars(row), "status": status} for row in rows]
    await put(service.pool, [type(row)(**one) for row, one in zip(rows, fields, strict=True)])
    assert (await people.read("/findings", BOSS))["items"] == []


async def test_a_board_is_of_its_territory_and_its_days(
    people: Neighbours, service: Volunteers
) -> None:
    await put(service.pool, SEEDED["overlap"][0])
    about = {"kind": "overlap", "territory": "d/s1/c2"}
    assert (await people.read("/findings", BOSS, **about))["items"] == []
    last = day_of(DAY - timedelta(days=1))
    early = {"kind": "overlap", "from": "2026-01-01", "to": last}
    if last < "2026-04-01":
        assert (await people.read("/findings", BOSS, **early))["items"] == []
    long = {"from": "2020-01-01", "to": "2026-01-01"}
    answer = await people.client.get("/findings", params=long, headers=people.headers(**BOSS))
    refused(answer, 422, "too_many_days")
    refused(
        await people.client.get("/findings", headers=people.headers(**of(ANN))), 403, "role_missing"
    )


async def test_a_reversal_is_seen_in_the_account_and_in_the_statement(
    people: Neighbours, service: Volunteers
) -> None:
    now = datetime.now(UTC)
    leader = Actor(id="leader", roles=frozenset({"team_leader"}), territory="d")
    approver = Actor(id="approver", roles=frozenset({"hours_approver"}), territory="d")
    await people.tell(
        BEN,
        LogHours(
            at=now, actor=leader, person=BEN, home=HOME, day=day_of(now), minutes=FIVE_HOURS,
            territory=HOME, service="companionship", evidence="paper", rules=RULES,
        ),
    )  # fmt: skip
    await people.tell(BEN, ApproveHours(at=now, actor=approver, record=2, rules=RULES))
    [found] = (await people.read("/findings", BOSS, kind="too_fast"))["items"]
    [line] = found["records"]
    own = Actor(id=str(BEN), roles=frozenset({"resident"}), territory="d")
    await people.tell(BEN, DonateTime(at=now, actor=own, pool="d", minutes=200))
    assert await people.saved(BEN) == (100, 0, 0)
    reverse = {"reason": "false_hours"}
    path = f"/people/{line['person']}/records/{line['record']}/{line['undo']}"
    answer = await people.post(path, reverse, **BOSS)
    assert answer.status_code == 200, answer.text
    assert await people.saved(BEN) == (0, 0, 200), "what was spent already is owed"
    assert (await people.read("/findings", BOSS, kind="too_fast"))["items"] == []
    async with service.pool.acquire() as connection:
        kinds = await connection.fetch(
            "select kind, debt from time_entries order by position desc limit 1"
        )
    assert [tuple(row) for row in kinds] == [("time-reversed", 200)]
