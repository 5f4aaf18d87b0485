"""Promises over HTTP, and the timer that notices silence."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.volunteer.log import LOG
from services.volunteer.promising.noting import note_missed
from services.volunteer.series.commands import EstablishSeries
from services.volunteer.series.decider import series as decider
from services.volunteer.series.rhythm import Monthly
from services.volunteer.service import Volunteers
from shared.core.local_time import start_of
from shared.core.messages import Actor
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.store import read
from tests.grievance.front_desk import refused
from tests.volunteer.promises import CLINIC, RESIDENT, Community, projecting

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

OTHER: dict[str, Any] = {"sub": "secretary-9", "roles": ("party_secretary",), "territory": "d/s2"}


async def of_type(service: Volunteers, wanted: str) -> Sequence[Any]:
    async with service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 10_000)
    return [row for row in rows if row["type"] == wanted]


async def test_silence_is_noticed_on_the_next_day_and_once(community: Community) -> None:
    clinic = await community.promise()
    assert await community.noted(start_of("2027-01-15") + timedelta(hours=23)) == 0
    assert await community.night_after("2027-01-15") == 1
    assert await community.night_after("2027-01-15") == 0
    line = await community.line(clinic)
    assert (line["missed"], line["held"], line["last_missed"]) == (1, 0, "2027-01-15")
    [missed] = await of_type(community.service, "occurrence-missed")
    assert missed["actor"] == "timekeeper"


async def test_it_catches_up_after_it_stood_still_for_months(community: Community) -> None:
    clinic = await community.promise()
    salon = await community.promise(rhythm={"every": "week", "weekday": 7}, kind="salon")
    await community.held(clinic, "2027-03-15")
    assert await community.night_after("2027-06-15") == 5 + 24
    days = [one["day"] for one in (await community.read(f"/promises/{clinic}"))["occurrences"]]
    assert days == [f"2027-0{month}-15" for month in (6, 5, 4, 3, 2, 1)]
    assert (await community.line(salon))["missed"] == 24
    missed = await of_type(community.service, "occurrence-missed")
    assert len({row["command_id"] for row in missed}) == len(missed) == 29


async def test_two_timers_side_by_side_note_it_once(community: Community) -> None:
    await community.promise()
    await community.promise(rhythm={"every": "week", "weekday": 7})
    moment = start_of("2027-04-01")
    async with projecting(community.service):
        await asyncio.gather(*(note_missed(community.service, moment) for _ in range(4)))
    assert len(await of_type(community.service, "occurrence-missed")) == 3 + 13


async def test_what_was_held_after_all_is_told_late_and_shows(community: Community) -> None:
    clinic = await community.promise()
    await community.held(clinic, "2027-01-15")
    await community.night_after("2027-02-15")
    community.on("2027-02-18")
    path, form = f"/series/{clinic}/held", {"day": "2027-02-15", "people": 41}
    refused(await community.post(path, form), 422, "late_entry_needs_reason")
    await community.done(path, {**form, "late_reason": "paper_form"})
    [last, before] = (await community.read(f"/promises/{clinic}"))["occurrences"]
    assert (last["status"], last["people"], last["late_reason"]) == ("told_late", 41, "paper_form")
    assert last["missed_at"].startswith("2027-02-15T16:00:00"), "when the day was over in Beijing"
    assert last["told_at"] is not None
    assert before["status"] == "held"
    line = await community.line(clinic)
    assert (line["held"], line["late"], line["missed"], line["streak"]) == (2, 1, 0, 2)
    assert await community.night_after("2027-02-16") == 0


async def test_an_occurrence_that_is_moved_is_missed_on_the_other_day(
    community: Community,
) -> None:
    clinic = await community.promise()
    community.on("2027-01-10")
    form = {"day": "2027-01-15", "to": "2027-01-20", "reason": "weather"}
    await community.done(f"/series/{clinic}/move", form, version=1)
    assert await community.night_after("2027-01-19") == 0
    assert await community.night_after("2027-01-20") == 1
    [line] = (await community.read(f"/promises/{clinic}"))["occurrences"]
    assert (line["day"], line["due"], line["status"]) == ("2027-01-15", "2027-01-20", "missed")


async def test_nothing_is_missed_after_the_end(community: Community) -> None:
    clinic = await community.promise()
    community.on("2027-02-20")
    await community.done(f"/series/{clinic}/end", {"reason": "done"}, version=1)
    assert await community.night_after("2027-12-31") == 2
    line = await community.line(clinic)
    assert (line["ended_on"], line["missed"], line["next_on"]) == ("2027-02-20", 2, None)


async def test_imported_history_is_never_said_to_have_been_missed(
    community: Community, service: Volunteers
) -> None:
    chief = Actor(id="importer", roles=frozenset({"party_secretary"}), territory="d")
    told = EstablishSeries(
        at=start_of("1991-03-08"), actor=chief, name="妈妈帮帮团", territory="d/s1/c1",
        kind="visit", rhythm=Monthly(day=8), starts="1991-03-08", asked_on="1991-03-08",
        promised=True,
    )  # fmt: skip
    target = Target(decider, uuid7())
    identity = Identity(uuid7(), b"import")
    submission = Submission(identity, told, (target,), origin="history", fresh=True)
    answer = await service.executor.execute(submission)
    assert answer.recorded_at is not None
    assert await community.noted(answer.recorded_at) == 0
    later = await community.noted(answer.recorded_at + timedelta(days=63))
    assert later == 2, "what still goes on is watched from the import on"


async def test_what_is_only_planned_has_a_streak_and_is_never_missed(community: Community) -> None:
    salon = await community.promise(
        rhythm={"every": "week", "weekday": 7}, kind="salon", promised=False
    )
    for day in ("2027-01-03", "2027-01-10", "2027-01-24", "2027-01-31", "2027-02-07"):
        await community.held(salon, day)
    assert await community.night_after("2027-06-30") == 0
    line = await community.line(salon)
    assert (line["held"], line["missed"], line["streak"], line["longest"]) == (5, 0, 3, 3)


async def test_a_promise_is_seen_where_it_is_and_changed_by_who_runs_it(
    community: Community,
) -> None:
    clinic = await community.promise()
    form = {"people": 3, "day": "2027-01-15"}
    community.on("2027-01-15")
    refused(await community.post(f"/series/{clinic}/held", form, **OTHER), 404, "no_such_series")
    refused(await community.post(f"/series/{clinic}/held", form, **RESIDENT), 403, "role_missing")
    for asked in (CLINIC, {**CLINIC, "cause_case": str(uuid4())}):
        refused(await community.post("/series", asked, **RESIDENT), 403, "role_missing")
    assert (await community.read("/promises", actor=OTHER))["items"] == []
    [line] = (await community.read("/promises", actor=RESIDENT))["items"]
    assert line["name"] == CLINIC["name"]
    refused(await community.post("/series", {**CLINIC, "territory": "x"}), 422, "unknown_territory")


async def test_promises_come_page_by_page(community: Community) -> None:
    made = [await community.promise(name=f"义诊{n}") for n in range(5)]
    seen: list[str] = []
    after: int | None = None
    while True:
        page = await community.read("/promises", limit=2, **({"after": after} if after else {}))
        seen += [one["id"] for one in page["items"]]
        if (after := page["next"]) is None:
            break
    assert seen == made[::-1]
    assert page["totals"]["promises"] == 5
