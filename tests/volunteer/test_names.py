"""Names from the register of volunteers: where they are shown, and to whom they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.volunteer.certifying import words
from services.volunteer.service import Volunteers
from services.volunteer.volunteer.commands import RegisterVolunteer
from services.volunteer.volunteer.decider import volunteer
from services.volunteer.volunteer.stream import volunteer_of
from shared.core.messages import Actor
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.stream import stream_of
from shared.runtime.commands.submission import Identity, Target, single
from tests.grievance.letters import text_of
from tests.volunteer.papers import ANN, AUDITOR, BOB, COUNTER, HOME, OTHER, OWN, Hours, ago, mapped

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NAME = "王秀英"
REGISTRAR = Actor(id="counter", roles=frozenset({"registrar"}), territory="d")
CHIEF: dict[str, Any] = {"sub": "chief", "roles": ("supervisor",), "territory": "d"}
LEADER: dict[str, Any] = {"sub": "leader", "roles": ("team_leader",), "territory": "d"}
ELSEWHERE: dict[str, Any] = {**COUNTER, "sub": "other", "territory": "d/s1/c2"}


async def register(service: Volunteers, who: UUID, name: str, by: Actor = REGISTRAR) -> None:
    """Put somebody into the register of volunteers."""
    sealed = await service.sealer.seal(who, {"name": name})
    asked = RegisterVolunteer(
        at=datetime.now(UTC), actor=by, person=who, territory=HOME, name=sealed["name"]
    )
    target = Target(volunteer, volunteer_of(who))
    await service.executor.execute(single(target, asked, Identity(uuid4(), b"1" * 32)))
    await service.projector.drain()


async def erase(service: Volunteers, who: UUID) -> None:
    """Erase somebody."""
    asked = EraseSubject(at=datetime.now(UTC), actor=REGISTRAR, subject=who, reason="own_request")
    target = Target(person, stream_of(who))
    await service.executor.execute(single(target, asked, Identity(uuid4(), b"1" * 32)))
    await service.eraser.catch_up()


@pytest.fixture
async def hours(
    service: Volunteers, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]]
) -> Hours:
    """Ann is in the register, and has served for 100 hours."""
    await mapped(service)
    made = Hours(service, client, headers)
    for days in range(1, 8):
        await made.served(900, days=days, late_reason="paper_form")
    await register(service, ANN, NAME)
    return made


async def read(hours: Hours, path: str, actor: Mapping[str, Any], **asked: Any) -> dict[str, Any]:
    """What a reader gets."""
    answer = await hours.get(path, dict(actor), **asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def paper(hours: Hours, serial: str) -> str:
    """The text of a certificate."""
    content = (await hours.get(f"/certificates/{serial}.pdf", COUNTER)).content
    return text_of(content)


async def test_volunteers_get_certificates_in_the_name_the_counter_registered(
    hours: Hours,
) -> None:
    serial = await hours.serial(**OWN)
    assert NAME in await paper(hours, serial)
    assert NAME not in (await hours.check(serial)).text
    async with hours.service.pool.acquire() as connection:
        said = await connection.fetch("select payload from event")
    assert not any(NAME in bytes(one["payload"]).decode() for one in said)
    await erase(hours.service, ANN)
    text = await paper(hours, serial)
    assert NAME not in text
    assert words.ERASED in text


async def test_nobody_gets_a_certificate_in_a_name_they_put_into_the_register(
    hours: Hours,
) -> None:
    own = Actor(id=str(BOB), roles=frozenset({"volunteer"}), territory="d")
    await register(hours.service, BOB, "李市长", own)
    await hours.served(60, person=BOB)
    serial = await hours.serial(person=BOB, **OTHER)
    assert "李市长" not in await paper(hours, serial)
    changed = await hours.client.post(
        f"/volunteers/{ANN}/change", json={"name": "李市长"}, headers=hours.headers(**OWN)
    )
    assert changed.status_code == 200, changed.text
    assert "李市长" not in await paper(hours, await hours.serial(**OWN))


async def test_a_report_has_names_for_who_may_see_them_and_ids_for_others(hours: Hours) -> None:
    [seen] = (await read(hours, "/hours-report.json", COUNTER, by="person,month"))["items"][:1]
    assert (seen["person"], seen["name"]) == (str(ANN), NAME)
    assert "name" not in (await read(hours, "/hours-report.json", AUDITOR))["items"][0]
    assert "name" not in (await read(hours, "/hours-report.json", COUNTER, by="team"))["items"][0]
    sheet = (await hours.get("/hours-report.csv", COUNTER)).text
    assert "姓名 name" in sheet
    assert NAME in sheet
    assert NAME not in (await hours.get("/hours-report.csv", AUDITOR)).text


async def test_the_queue_of_hours_names_people_to_who_may_see_names(hours: Hours) -> None:
    await hours.logged(30, days=1)
    await hours.service.projector.drain()
    [one] = (await read(hours, "/records", COUNTER, status="logged"))["items"]
    assert (one["name"], one["recorder_name"]) == (NAME, None)
    for actor in (AUDITOR, CHIEF):
        answer = await hours.get("/records", actor, status="logged")
        assert answer.json()["items"][0]["name"] is None
        assert NAME not in answer.text
    [own] = (await read(hours, "/records", OWN, status="logged"))["items"]
    assert own["name"] == NAME


async def test_the_queue_of_stars_names_people_and_the_public_notice_one_character(
    hours: Hours,
) -> None:
    headers = hours.headers(**LEADER, version=0)
    await hours.client.post(f"/stars/{ANN}/apply", json={"star": 1}, headers=headers)
    await hours.service.projector.drain()
    [one] = (await read(hours, "/stars", COUNTER))["items"]
    assert one["name"] == NAME
    [hidden] = (await read(hours, "/stars", CHIEF))["items"]
    assert hidden["name"] is None
    view = await read(hours, f"/stars/{ANN}", COUNTER)
    assert view["name"] == NAME
    assert (await read(hours, f"/stars/{ANN}", CHIEF))["name"] is None
    headers = hours.headers(**CHIEF, version=view["version"])
    noticed = await hours.client.post(f"/stars/{ANN}/notice", json={}, headers=headers)
    assert noticed.status_code == 200, noticed.text
    await hours.service.projector.drain()
    public = await hours.client.get("/star-notices")
    assert public.json()["items"][0]["name"] == "王*"
    assert "秀" not in public.text
    await erase(hours.service, ANN)
    assert (await hours.client.get("/star-notices")).json()["items"][0]["name"] is None


async def test_help_names_who_asks_and_who_accepted_to_who_may_see_names(hours: Hours) -> None:
    await register(hours.service, BOB, "李明")
    asked = {"service": "meals", "minutes": 30, "day": ago(-1), "territory": HOME}
    answer = await hours.client.post("/help", json=asked, headers=hours.headers(**OWN))
    assert answer.status_code == 201, answer.text
    help_id = answer.json()["id"]
    took = await hours.client.post(
        f"/help/{help_id}/accept", json={}, headers=hours.headers(**OTHER)
    )
    assert took.status_code == 200, took.text
    await hours.service.projector.drain()
    [one] = (await read(hours, "/help/desk", COUNTER))["items"]
    assert (one["requester_name"], one["volunteer_name"]) == (NAME, "李明")
    grid = {"sub": "grid", "roles": ("grid_worker",), "territory": "d"}
    for actor in (grid, CHIEF):
        [hidden] = (await read(hours, "/help/desk", actor))["items"]
        assert (hidden["requester_name"], hidden["volunteer_name"]) == (None, None)
    assert (await hours.get(f"/help/{help_id}", ELSEWHERE)).status_code == 404
