"""Help over HTTP: asked, accepted, done, confirmed; and every way in which it ends before."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.volunteer.help.decider import help_request
from services.volunteer.helping import lapsing
from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.help_requests import help_requests
from services.volunteer.service import Volunteers
from shared.store import read
from shared.testkit.projections import holds
from tests.grievance.front_desk import refused
from tests.territory.office import Headers
from tests.volunteer.neighbours import ANN, BEN, CAI, CLERK, HOME, Neighbours, of, today

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def people(
    client: httpx.AsyncClient, headers: Headers, service: Volunteers,
    monkeypatch: pytest.MonkeyPatch,
) -> Neighbours:  # fmt: skip
    """Ann has three hours to spend."""
    made = await Neighbours.of((client, headers, service), monkeypatch)
    await made.save(ANN, 180)
    return made


async def test_minutes_leave_one_account_and_come_into_the_other_when_help_is_confirmed(
    people: Neighbours,
) -> None:
    help_id = await people.ask(minutes=90, words="陪我去医院")
    assert await people.saved(ANN) == (90, 90, 0)
    await people.done(help_id, "accept", BEN, occurred_at=_ago(95), late_reason="phone_note")
    await people.done(help_id, "finish", BEN, minutes=80)
    assert await people.saved(BEN) == (0, 0, 0)
    await people.done(help_id, "confirm", ANN, review=5, words="很好")
    assert await people.saved(ANN) == (100, 0, 0), "what was not used is free again"
    assert await people.saved(BEN) == (80, 0, 0)
    line = (await people.read(f"/help/{help_id}", of(ANN)))["help"]
    assert (line["status"], line["paid_minutes"], line["review"]) == ("confirmed", 80, 5)
    assert (line["words"], line["mine"], line["steps"]) == ("陪我去医院", "requester", [])


async def test_confirming_twice_side_by_side_pays_once(people: Neighbours) -> None:
    help_id = await people.helped(60)
    asked = [
        people.client.post(
            f"/help/{help_id}/confirm", json={"review": 4}, headers=people.headers(**of(ANN))
        )
        for _ in range(2)
    ]
    both = await asyncio.gather(*asked)
    await people.service.projector.drain()
    assert sorted(one.status_code for one in both) == [200, 409]
    assert (await people.saved(ANN), await people.saved(BEN)) == ((120, 0, 0), (60, 0, 0))


async def test_a_retry_of_a_confirmation_gets_the_first_answer(people: Neighbours) -> None:
    help_id = await people.helped(60)
    told = {"key": "once", **of(ANN)}
    first = await people.post(f"/help/{help_id}/confirm", {"review": 4}, **told)
    again = await people.post(f"/help/{help_id}/confirm", {"review": 4}, **told)
    assert first.json() == again.json()
    assert await people.saved(BEN) == (60, 0, 0)


@pytest.mark.parametrize("accepted", [False, True])
async def test_what_is_withdrawn_is_free_again(people: Neighbours, accepted: bool) -> None:
    help_id = await people.ask()
    if accepted:
        await people.done(help_id, "accept", BEN)
    await people.done(help_id, "withdraw", ANN)
    assert await people.saved(ANN) == (180, 0, 0)
    refused(await people.step(help_id, "withdraw", ANN), 409, "help_is_withdrawn")


async def test_what_was_declined_is_open_to_all_again(people: Neighbours) -> None:
    help_id = await people.ask()
    form = {"volunteer": str(BEN)}
    assert (await people.post(f"/help/{help_id}/match", form, **CLERK)).status_code == 200
    refused(await people.step(help_id, "accept", CAI), 404, "no_such_help")
    await people.done(help_id, "decline", BEN)
    [line] = (await people.read("/help", of(CAI)))["items"]
    assert (line["id"], line["steps"]) == (help_id, ["accept"])
    await people.done(help_id, "accept", CAI)


async def test_nobody_helps_themselves(people: Neighbours) -> None:
    help_id = await people.ask()
    refused(await people.step(help_id, "accept", ANN), 422, "helps_oneself")
    refused(
        await people.post(f"/help/{help_id}/match", {"volunteer": str(ANN)}, **CLERK),
        422, "helps_oneself",
    )  # fmt: skip


async def test_a_step_of_others_is_refused_however_the_request_stands(people: Neighbours) -> None:
    help_id = await people.ask()
    refused(await people.step(help_id, "confirm", BEN, review=5), 403, "not_your_own")
    for verb in ("accept", "decline"):
        refused(await people.post(f"/help/{help_id}/{verb}", {}, **CLERK), 403, "role_missing")


async def test_who_helped_does_not_confirm_it_at_the_counter_either(people: Neighbours) -> None:
    help_id = await people.helped(60)
    clerk: dict[str, Any] = {**of(BEN), "roles": ("registrar",)}
    answer = await people.post(f"/help/{help_id}/confirm", {"review": 5}, **clerk)
    assert answer.json()["code"] == "helps_oneself", answer.text
    refused(await people.step(help_id, "confirm", BEN, review=5), 403, "not_your_own")
    assert await people.saved(BEN) == (0, 0, 0)


async def test_what_is_disputed_is_corrected_and_confirmed_or_dropped_by_a_third(
    people: Neighbours,
) -> None:
    one, other = await people.helped(60), await people.helped(60)
    for help_id in (one, other):
        await people.done(help_id, "dispute", ANN, words="没有来")
        refused(await people.step(help_id, "withdraw", ANN), 409, "help_is_disputed")
    await people.done(one, "finish", BEN, minutes=30)
    await people.done(one, "confirm", ANN, review=2)
    assert (await people.post(f"/help/{other}/drop", {}, **CLERK)).status_code == 200
    assert (await people.saved(ANN), await people.saved(BEN)) == ((150, 0, 0), (30, 0, 0))


async def test_a_request_that_nobody_accepts_lapses_when_its_day_is_over(
    people: Neighbours, service: Volunteers
) -> None:
    await people.ask()
    assert await lapsing.note(service, datetime.now(UTC)) == 0
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    noted = asyncio.create_task(lapsing.note(service, tomorrow))
    while not noted.done():
        await service.projector.drain()
        await asyncio.sleep(0.01)
    assert await noted == 1
    assert await people.saved(ANN) == (180, 0, 0)
    assert await lapsing.note(service, tomorrow) == 0


async def test_a_board_names_nobody_and_no_building(people: Neighbours) -> None:
    await people.ask(words="家住三单元")
    [line] = (await people.read("/help", of(CAI), territory="d/s1/c1"))["items"]
    assert line["territory"] == HOME
    for name in ("requester", "volunteer", "words", "care", "paid", "mine"):
        assert line[name] is None, name
    assert (await people.read("/help", of(CAI), territory="d/s1/c2"))["items"] == []
    [own] = (await people.read("/help", of(ANN), of="asked"))["items"]
    assert (own["words"], own["steps"]) == ("家住三单元", ["withdraw"])


async def test_who_is_not_in_it_does_not_see_it_once_it_is_taken(people: Neighbours) -> None:
    help_id = await people.ask()
    await people.done(help_id, "accept", BEN)
    for path in (f"/help/{help_id}", f"/help/{help_id}/helpers"):
        answer = await people.client.get(path, headers=people.headers(**of(CAI)))
        assert answer.status_code in (403, 404)
    stranger: dict[str, Any] = {"sub": "x", "roles": ("registrar",), "territory": "d/s1/c2"}
    answer = await people.client.get(f"/help/{help_id}", headers=people.headers(**stranger))
    refused(answer, 404, "no_such_help")
    assert (await people.read(f"/help/{help_id}", of(BEN)))["help"]["mine"] == "helper"


async def test_who_has_served_so_before_is_proposed(people: Neighbours) -> None:
    await people.done(await people.helped(60), "confirm", ANN, review=5)
    help_id = await people.ask(minutes=30)
    told = await people.read(f"/help/{help_id}/helpers")
    [line] = told["items"]
    assert (line["person"], line["near"], line["minutes"]) == (str(BEN), True, 60)
    desk = (await people.read("/help/desk", status="open"))["items"]
    assert [one["id"] for one in desk] == [help_id]
    assert desk[0]["steps"] == ["match", "withdraw"]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"minutes": 0}, "minutes_not_positive"),
        ({"minutes": -5}, "minutes_not_positive"),
        ({"minutes": 1_000}, "more_than_asked"),
        ({"minutes": 600}, "balance_too_low"),
        ({"day": "2020-01-01"}, "day_is_past"),
        ({"day": "2100-01-01"}, "day_too_far"),
        ({"territory": "nowhere"}, "unknown_territory"),
        ({"paid": "pool"}, "not_a_priority"),
        ({"paid": "pool", "care": "disabled"}, "pool_asked_by_oneself"),
    ],
)
async def test_what_is_asked_wrongly_is_refused(
    people: Neighbours, form: dict[str, object], code: str
) -> None:
    told = {"service": "meals", "minutes": 60, "day": today(), **form}
    assert (await people.post("/help", told, **of(ANN))).json()["code"] == code


async def test_a_clerk_of_elsewhere_spends_nobodys_time(people: Neighbours) -> None:
    clerk: dict[str, Any] = {"sub": "x", "roles": ("registrar",), "territory": "d/s1/c2"}
    form = {
        "service": "meals", "minutes": 60, "day": today(), "person": str(ANN),
        "territory": "d/s1/c2",
    }  # fmt: skip
    refused(await people.post("/help", form, **clerk), 403, "outside_territory")


async def test_words_are_sealed_before_they_are_recorded(
    people: Neighbours, service: Volunteers
) -> None:
    await people.ask(words="陪我去医院")
    async with service.pool.acquire() as connection:
        events = await read.page(connection, LOG, 0, 100)
    assert {row["type"] for row in events} & set(help_request.events.classes)
    assert not [one for one in events if "陪我去医院".encode() in one["payload"]]


async def test_the_read_model_of_requests_holds(people: Neighbours, service: Volunteers) -> None:
    await people.done(await people.helped(60), "confirm", ANN, review=5)
    await people.done(await people.ask(), "withdraw", ANN)
    declined = await people.ask()
    await people.done(declined, "accept", BEN)
    await people.done(declined, "decline", BEN)
    await holds(service.pool, help_requests, LOG, EVENTS)


def _ago(minutes: int) -> str:
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
