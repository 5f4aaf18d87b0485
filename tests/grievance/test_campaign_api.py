"""Campaigns over HTTP: what was done about a place, and about which cases."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import httpx
import pytest

from services.grievance.access import ACCESS
from services.grievance.service import Grievance
from shared.core.roles import NAMES
from tests.grievance.front_desk import CLERK, FrontDesk, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

FORM: Mapping[str, Any] = {"name": "清除卫生死角", "territory": "d/s1/c1", "day": "2026-01-05"}
CHIEF: Mapping[str, Any] = {"sub": "chief-1", "roles": ("party_secretary",), "territory": "d/s1"}
GRID: Mapping[str, Any] = {"sub": "grid-1", "roles": ("grid_worker",), "territory": "d/s1"}
FORMS: Mapping[str, Mapping[str, Any]] = {
    "link": {"case": "0190aaaa-0000-7000-8000-000000000001"},
    "result": {"rubbish_kg": 98_500, "people": 340, "words": "清出三处死角。"},
    "close": {},
}
ACTIONS = {
    "link": "link_campaign_case", "result": "record_campaign_result", "close": "close_campaign",
}  # fmt: skip
TRIED = {"open_campaign", "read_campaigns", *ACTIONS.values()}
NEVER = 999


async def _open(desk: FrontDesk, **changes: Any) -> dict[str, Any]:
    sent = desk.headers(**CHIEF)
    answer = await desk.client.post("/campaigns", json={**FORM, **changes}, headers=sent)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def _step(
    desk: FrontDesk,
    campaign_id: str,
    verb: str,
    version: int,
    form: Mapping[str, Any] | None = None,
    actor: Mapping[str, Any] = CHIEF,
) -> httpx.Response:
    sent = desk.headers(version=version, **actor)
    form = FORMS[verb] if form is None else form
    return await desk.client.post(f"/campaigns/{campaign_id}/{verb}", json=form, headers=sent)


async def test_a_campaign_deals_with_a_case_and_says_what_came_of_it(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    made = await _open(desk)
    await service.projector.drain()
    named = str((await desk.register())["items"][0]["number"])
    answer = await _step(desk, made["id"], "link", 1, {"case": named}, CLERK)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["id"], answer.json()["version"]) == (made["id"], 2)
    again = await _step(desk, made["id"], "link", 2, {"case": named}, CLERK)
    refused(again, 422, "is_in_campaign")
    case = (await desk.read(f"/cases/{filed['id']}")).json()
    assert case["history"][-1]["type"] == "case-linked-to-campaign"
    assert case["history"][-1]["data"]["campaign"] == made["id"]

    assert (await _step(desk, made["id"], "result", 2)).is_success
    more = {"rubbish_kg": 1_500, "people": 12}
    refused(await _step(desk, made["id"], "result", 2, more), 412, "version_changed")
    assert (await _step(desk, made["id"], "result", 3, more)).is_success
    assert (await _step(desk, made["id"], "close", 4)).is_success
    refused(await _step(desk, made["id"], "result", 5), 409, "campaign_is_closed")

    await service.projector.drain()
    page = (await desk.read("/campaigns", actor=CHIEF)).json()
    [line] = page["items"]
    assert (line["cases"], line["results"], line["rubbish_kg"], line["people"]) == (
        1, 2, 100_000, 352,
    )  # fmt: skip
    assert (line["words"], line["open"], line["version"]) == (FORMS["result"]["words"], False, 5)
    assert page["totals"] == [
        {"territory": "d/s1/c1", "campaigns": 1, "cases": 1, "rubbish_kg": 100_000, "people": 352}
    ]
    assert (await desk.read("/campaigns", open=True, actor=CHIEF)).json()["items"] == []

    erase = f"/persons/{line['person']}/erasure"
    chief = desk.headers(sub="chief-2", roles=("supervisor",))
    assert (await desk.client.post(erase, json={"reason": "own_request"}, headers=chief)).is_success
    [line] = (await desk.read("/campaigns", actor=CHIEF)).json()["items"]
    assert (line["words"], line["rubbish_kg"]) == (None, 100_000)


async def test_campaigns_are_listed_page_by_page(desk: FrontDesk, service: Grievance) -> None:
    made = [(await _open(desk, name=str(n)))["id"] for n in range(3)]
    await service.projector.drain()
    first = (await desk.read("/campaigns", limit=2)).json()
    second = (await desk.read("/campaigns", limit=2, after=first["next"])).json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert (second["next"], second["totals"]) == (None, first["totals"])


@pytest.mark.parametrize(
    ("verb", "form", "pointer"),
    [
        ("result", {"rubbish_kg": -1, "people": 1}, "/rubbish_kg"),
        ("result", {"rubbish_kg": 1}, "/people"),
        ("result", {"rubbish_kg": 1.5, "people": 1}, "/rubbish_kg"),
        ("link", {}, "/case"),
        ("close", {"why": "x"}, "/why"),
    ],
)
async def test_what_does_not_fit_is_refused(
    desk: FrontDesk, verb: str, form: Mapping[str, Any], pointer: str
) -> None:
    made = await _open(desk)
    problem = refused(await _step(desk, made["id"], verb, 1, form), 422)
    assert pointers(problem) == [pointer]


async def test_a_result_comes_after_the_campaign_has_begun(desk: FrontDesk) -> None:
    made = await _open(desk, day="2199-01-01")
    refused(await _step(desk, made["id"], "result", 1), 422, "campaign_has_not_begun")


async def test_a_case_of_another_place_is_not_linked(desk: FrontDesk, service: Grievance) -> None:
    made = await _open(desk)
    elsewhere = (await desk.file(territory="d/s2/c9"))["id"]
    await service.projector.drain()
    for case in (elsewhere, made["id"], "nothing"):
        answer = await _step(desk, made["id"], "link", 1, {"case": case}, GRID)
        refused(answer, 404, "no_such_case")
    refused(await _step(desk, elsewhere, "link", 1, actor=GRID), 404, "no_such_campaign")


async def test_campaigns_are_for_those_of_the_table_only(
    desk: FrontDesk, service: Grievance
) -> None:
    made = await _open(desk)
    form = {"case": (await desk.file(CLERK))["id"]}
    await service.projector.drain()
    for role, territory in product(NAMES, ("d", "d/s1/c1", "d/s2")):
        actor: dict[str, Any] = {"sub": "someone", "roles": (role,), "territory": territory}
        inside = territory != "d/s2"

        def may(action: str, role: str = role, inside: bool = inside) -> bool:
            return inside and any(role in grant.roles for grant in ACCESS.actions[action])

        for verb, action in ACTIONS.items():
            told = form if verb == "link" else None
            answer = await _step(desk, made["id"], verb, NEVER, told, actor)
            seen = may("read_campaigns")
            expected = 412 if may(action) else 403 if seen else 404
            if verb == "link" and seen and not may("read_case"):
                expected = 404  # nor is the case theirs to see
            assert answer.status_code == expected, (verb, actor, answer.text)
        answer = await desk.client.post("/campaigns", json=FORM, headers=desk.headers(**actor))
        assert answer.status_code == (201 if may("open_campaign") else 403), actor
        answer = await desk.read("/campaigns", actor=actor)
        granted = any(role in grant.roles for grant in ACCESS.actions["read_campaigns"])
        assert answer.status_code == (200 if granted else 403), actor
        if granted:
            assert bool(answer.json()["items"]) is inside, actor
