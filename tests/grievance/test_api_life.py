"""A petition's whole life over HTTP, and who may read what of it."""

from __future__ import annotations

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import (
    AGENT,
    CHIEF,
    FORMS,
    PETITION,
    UNIT,
    FrontDesk,
    refused,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LIFE = (
    ("accept", "accepted"),
    ("dispatch", "dispatched"),
    ("sign", "signed"),
    ("reply", "replied"),
    ("callback", "callback"),
    ("close", "closed"),
    ("reopen", "reopened"),
    ("dispatch", "dispatched"),
    ("sign", "signed"),
    ("reply", "replied"),
    ("close", "closed"),
)
REVEALED = {"dispatcher", "first_receiver", "callback_agent"}
WITHHELD = {"supervisor", "auditor", "district_observer", "grid_worker", "building_head"}


async def test_after_each_step_page_register_and_etag_agree(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    version = 1
    for verb, status in LIFE:
        answer = await desk.step(filed["id"], verb, version)
        assert answer.status_code == 200, (verb, answer.text)
        receipt = answer.json()
        assert (receipt["id"], receipt["version"]) == (filed["id"], version + 1)
        version = receipt["version"]
        assert answer.headers["etag"] == f'"{version}"'
        await service.projector.drain()
        [line] = (await desk.register(min_position=receipt["position"]))["items"]
        page = await desk.read(f"/cases/{filed['id']}")
        assert page.headers["etag"] == f'"{version}"'
        assert page.json()["case"] == line
        assert (line["status"], line["version"]) == (status, version)
    assert (line["rounds"], line["outcome"], line["unit"]) == (2, "solved", "lamps")


async def test_the_history_is_readable_with_sealed_texts_opened(desk: FrontDesk) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], *(verb for verb, _ in LIFE))
    view = (await desk.read(f"/cases/{filed['id']}")).json()
    told = [(line["version"], line["type"]) for line in view["history"]]
    assert told[:4] == [
        (1, "petition-raised"),
        (2, "case-accepted"),
        (3, "case-dispatched"),
        (4, "order-signed"),
    ]
    raised, reply, callback, reopened = (view["history"][n]["data"] for n in (0, 4, 5, 7))
    for name in ("subject", "details", "name", "phone", "email", "address"):
        assert raised[name] == PETITION[name]
    assert reply["reply"] == FORMS["reply"]["reply"]
    assert callback == FORMS["callback"]
    assert reopened["reason"] == FORMS["reopen"]["reason"]
    assert view["withheld"] == []
    assert [line["actor"] for line in view["history"]][3:6] == ["lamp-1", "lamp-1", "caller-1"]


async def test_a_declined_case_tells_why_and_goes_no_further(desk: FrontDesk) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], "decline")
    view = (await desk.read(f"/cases/{filed['id']}")).json()
    assert view["case"]["status"] == "not_accepted"
    assert view["history"][1]["data"] == FORMS["decline"]
    refused(await desk.step(filed["id"], "accept", 2), 409, "case_is_not_accepted")


async def test_contact_details_are_for_those_who_make_contact(desk: FrontDesk) -> None:
    filed = await desk.file()
    contacts = {"name", "phone", "email", "address"}
    for role in sorted(REVEALED | WITHHELD):
        answer = await desk.read(f"/cases/{filed['id']}", actor={"sub": "x", "roles": (role,)})
        raised = answer.json()["history"][0]["data"]
        assert (raised.keys() & contacts) == (contacts if role in REVEALED else set()), role
        assert (str(PETITION["phone"]) in answer.text) is (role in REVEALED), role
        assert answer.json()["withheld"] == ([] if role in REVEALED else sorted(contacts))
        assert raised["details"] == PETITION["details"]


async def test_the_unit_reads_contacts_and_the_petitioner_their_own_words(
    desk: FrontDesk,
) -> None:
    resident = {"sub": "resident-1", "roles": ("resident",)}
    filed = await desk.file(resident)
    await desk.walk(filed["id"], "accept", "dispatch")
    page = f"/cases/{filed['id']}"
    assert (await desk.read(page, actor=UNIT)).json()["withheld"] == []
    own = (await desk.read(page, actor=resident)).json()
    assert own["history"][0]["data"]["details"] == PETITION["details"]


async def test_steps_out_of_turn_or_by_others_change_nothing(desk: FrontDesk) -> None:
    filed = await desk.file()
    everyone = ("dispatcher", "handling_unit", "callback_agent")
    for verb in ("callback", "close", "reopen", "dispatch"):
        answer = await desk.step(filed["id"], verb, 1, roles=everyone)
        refused(answer, 409, "case_is_filed")
    for verb in ("sign", "reply"):
        answer = await desk.step(filed["id"], verb, 1, roles=everyone)
        refused(answer, 403, "not_your_unit")
    refused(await desk.step(filed["id"], "accept", 1, **AGENT), 403, "role_missing")
    refused(await desk.step(filed["id"], "accept", 1, **CHIEF), 403, "role_missing")
    await desk.walk(filed["id"], "accept", "dispatch", "sign", "reply")
    answer = await desk.step(filed["id"], "callback", 5, sub="lamp-2", unit="lamps")
    refused(answer, 403, "callback_by_handler")
    assert (await desk.read(f"/cases/{filed['id']}")).json()["case"]["version"] == 5
