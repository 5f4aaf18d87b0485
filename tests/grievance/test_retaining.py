"""Who is erased without being asked for it: petitioners whose cases have all ended long ago."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance import retaining
from services.grievance.case.decider import case
from services.grievance.log import LOG
from services.grievance.service import FOLLOWED, Grievance
from services.grievance.settings import Keeping
from shared.contracts.known_residents import KnownResidentRow, known_residents
from shared.contracts.territory import TERRITORY
from shared.core.person.decider import person as person_decider
from shared.core.person.events import SubjectErased
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.store import cursors, read, tables, turn
from shared.store.cursors import Reading
from tests.grievance.cases import past
from tests.grievance.front_desk import CHIEF, FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ENDED = ("accept", "dispatch", "sign", "reply", "callback", "close")
YEARS = 3
TOPIC = Reading("known_residents", TERRITORY.log, 1, TERRITORY.only(known_residents.interest).topic)


def _later(years: int = YEARS, **more: float) -> datetime:
    """So much later than now."""
    now = datetime.now(UTC)
    return now.replace(year=now.year + years, day=min(now.day, 28)) + timedelta(**more)


async def _sweep(service: Grievance, moment: datetime) -> int:
    """What the worker does at that moment: all is known by then."""
    await service.projector.drain()
    await _heard(service, moment)
    swept = await retaining.sweep(service, YEARS, moment)
    await service.eraser.catch_up()
    await service.projector.drain()
    return swept


async def _heard(service: Grievance, moment: datetime) -> None:
    """The copy of the register of residents is true up to this moment."""
    async with service.pool.acquire() as connection, connection.transaction():
        await cursors.begin_partitions(connection, TOPIC, 1)
        await connection.execute(
            "update cursor set recorded_at = $2 where subscription = $1", TOPIC.subscription, moment
        )


async def _erased(service: Grievance) -> list[UUID]:
    async with service.pool.acquire() as connection:
        rows = await read.erasures(connection, LOG, 0, 1_000)
    found = [read.decode(person_decider.events, row) for row in rows]
    for one in found:
        assert isinstance(one.event, SubjectErased)
        assert (one.event.reason, one.actor, one.event.territory) == ("retention", "service", "d")
    return [one.event.subject for one in found]


async def _case(desk: FrontDesk, *verbs: str, **told: Any) -> tuple[UUID, str]:
    filed = await desk.file(**told)
    await desk.walk(filed["id"], *verbs)
    return UUID((await desk.read(f"/cases/{filed['id']}")).json()["petitioner"]), filed["id"]


async def test_those_are_erased_all_of_whose_cases_ended_so_long_ago(
    desk: FrontDesk, service: Grievance
) -> None:
    gone, their_case = await _case(desk, *ENDED)
    declined, _ = await _case(desk, "decline")
    withdrawn, _ = await _case(desk, "accept", "withdraw")
    waiting, open_case = await _case(desk, *ENDED[:-1])
    reopened, _ = await _case(desk, *ENDED, "reopen")
    await _case(desk, *ENDED, person=str(withdrawn))
    back = uuid4()
    await _case(desk, *ENDED, person=str(back))
    await _case(desk, person=str(back))

    assert await _sweep(service, _later(days=-1)) == 0
    assert await _sweep(service, _later(days=1)) == 3
    assert set(await _erased(service)) == {gone, declined, withdrawn}
    assert (await desk.read(f"/cases/{their_case}")).json()["case"]["subject"] is None
    assert (await desk.read(f"/cases/{open_case}")).json()["case"]["subject"]
    assert await _sweep(service, _later(days=2)) == 0
    assert not {waiting, reopened, back} & {*await _erased(service)}


async def test_a_new_case_or_a_reopened_one_stops_it_until_that_has_ended_too(
    desk: FrontDesk, service: Grievance
) -> None:
    person, first = await _case(desk, *ENDED, person=str(uuid4()))
    await desk.walk(first, "reopen", version=len(ENDED) + 1)
    assert await _sweep(service, _later(days=1)) == 0
    await desk.walk(first, *ENDED[1:], version=len(ENDED) + 2)
    _, second = await _case(desk, person=str(person))
    assert await _sweep(service, _later(days=1)) == 0
    await desk.walk(second, "decline")
    assert await _sweep(service, _later(days=1)) == 1
    assert await _erased(service) == [person]


async def test_the_past_counts_by_when_it_was_and_not_by_when_it_was_imported(
    service: Grievance,
) -> None:
    now = datetime.now(UTC)
    years = {
        name: now - timedelta(days=365 * ago) for name, ago in (("old", 9), ("new", 2), ("none", 9))
    }
    persons = {}
    for name, at in years.items():
        persons[name] = await _imported(service, at, replied=name != "none")
    assert await _sweep(service, now) == 1
    assert await _erased(service) == [persons["old"]], "who got no reply may still wait for one"


async def _imported(service: Grievance, at: datetime, *, replied: bool) -> UUID:
    person = uuid4()
    texts = {"subject": "灯", "details": "坏", "reply": "修好"}
    sealed = await service.sealer.seal(person, texts)
    then = at + timedelta(days=20)
    told: dict[str, Any] = {"reply": sealed["reply"], "replied_at": then} if replied else {}
    command = replace(
        past, at=at, petitioner=person, territory="d/s1",
        subject=sealed["subject"], details=sealed["details"], **told,
    )  # fmt: skip
    identity = Identity(uuid4(), b"imported")
    submission = Submission(
        identity=identity, command=command, targets=(Target(case, uuid7()),), origin="history"
    )
    await service.executor.execute(submission)
    return person


async def test_residents_are_left_to_the_register(desk: FrontDesk, service: Grievance) -> None:
    resident, double = uuid4(), uuid4()
    rows = [
        KnownResidentRow(resident, "d/s1", None, None, gone=True),
        KnownResidentRow(double, "d/s1", None, resident, gone=False),
    ]
    await tables.make(service.pool, TERRITORY.log, FOLLOWED)
    for one in (resident, double):
        await _case(desk, *ENDED, person=str(one))
    async with service.pool.acquire() as connection, connection.transaction():
        await tables.write(connection, known_residents, {row.person_id: row for row in rows})
    assert await _sweep(service, _later(days=1)) == 0


async def test_nobody_is_erased_while_it_is_not_known_who_is_a_resident(
    desk: FrontDesk, service: Grievance
) -> None:
    await _case(desk, *ENDED)
    await service.projector.drain()
    assert await retaining.sweep(service, YEARS, _later(days=1)) == 0, "never heard of"
    await _heard(service, _later(hours=-2))
    assert await retaining.sweep(service, YEARS, _later()) == 0, "not heard of for too long"


async def test_nobody_is_erased_by_what_is_not_up_to_date(
    desk: FrontDesk, service: Grievance
) -> None:
    person, case_id = await _case(desk, *ENDED)
    await service.projector.drain()
    await desk.walk(case_id, "reopen", version=len(ENDED) + 1)
    await _heard(service, _later(days=1))
    assert await retaining.sweep(service, YEARS, _later(days=1)) == 0
    assert person not in await _erased(service)


async def test_nothing_happens_twice_whoever_sweeps(desk: FrontDesk, service: Grievance) -> None:
    for _ in range(3):
        await _case(desk, "decline")
    moment = _later(days=1)
    await service.projector.drain()
    await _heard(service, moment)
    await asyncio.gather(*(retaining.sweep(service, YEARS, moment) for _ in range(4)))
    assert len(await _erased(service)) == 3
    async with service.pool.acquire() as connection:
        assert await connection.fetchval("select count(*) from event where log = 'grievance'") == 9


async def test_who_was_erased_on_request_before_is_not_looked_at_again(
    desk: FrontDesk, service: Grievance
) -> None:
    person, _ = await _case(desk, "decline")
    form, headers = {"reason": "own_request"}, desk.headers(**CHIEF)
    await service.projector.drain()
    answer = await desk.client.post(f"/persons/{person}/erasure", json=form, headers=headers)
    assert answer.status_code == 200
    assert await _sweep(service, _later(days=1)) == 0


async def test_the_worker_sweeps_in_its_turn_and_without_a_rule_never(
    desk: FrontDesk, service: Grievance, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []
    stop = asyncio.Event()

    async def sweep(_: Grievance, years: int, __: datetime) -> int:
        swept.append(years)
        stop.set()
        return 0

    monkeypatch.setattr(retaining, "sweep", sweep)
    monkeypatch.setattr(retaining, "PAUSE", 0.01)
    await retaining.run(service, Keeping(), stop)
    assert swept == []
    async with service.pool.acquire() as connection, connection.transaction():
        await turn.awaited(connection, retaining.TURN)
        running = asyncio.create_task(retaining.run(service, Keeping(years=7), stop))
        await asyncio.sleep(0.1)
        assert swept == []
    await asyncio.wait_for(running, 10)
    assert swept == [7]


def test_a_leap_day_counts_from_the_last_of_february() -> None:
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert retaining.before(leap, 1) == datetime(2027, 2, 28, 12, tzinfo=UTC)
    assert retaining.before(leap, 4) == datetime(2024, 2, 29, 12, tzinfo=UTC)
