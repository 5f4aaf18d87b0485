"""Every role on every route, inside and outside its territory, with its unit and another: what the
table says is what happens."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.grievance.access import ACCESS
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from services.grievance.steps import STEPS
from shared.core.access import Grant, Where, action_of
from shared.core.roles import NAMES
from shared.runtime import composing
from tests.grievance import test_access_looks, test_access_whistles, test_campaign_api
from tests.grievance.front_desk import FORMS, PETITION, FrontDesk
from tests.grievance.pictures import BASELINE
from tests.grievance.residents import OWN, Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

PLACE = "d/s1/c1"
TERRITORIES = ("d", "d/s1", PLACE, "d/s2", "d/s2/c9", "nowhere")
UNITS = ("lamps", "parks", None)
FILER = "resident-1"
# A version that no case has: who may take the step is told so, and nothing changes.
NEVER = 999
FILLED: Mapping[str, Mapping[str, Any]] = {
    **FORMS,
    "correct": {"corrects": 1, "changes": {"category": "x"}, "reason": "entry_error"},
}
PAGES = {
    "read_register": "/cases", "read_case": "/cases/{id}", "read_timeline": "/cases/{id}/timeline",
    "read_photo": "/cases/{id}/photos/1",
    "read_chain": "/cases/{id}/chain", "read_notices": "/cases/{id}/notices",
    "read_outbox": "/outbox",
    "read_desk": "/desk", "read_backlog": "/backlog", "read_channels": "/channels",
    "read_response_times": "/response-times", "read_rules": "/rules", "read_scores": "/scores",
    "read_sample": "/callbacks/sample",
}  # fmt: skip

# tests/grievance/test_access_rules.py
OF_RULES = {"publish_rule_book", "withdraw_rule_book"}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


@pytest.fixture
async def case_id(desk: FrontDesk, residents: Residents, service: Grievance) -> str:
    """A case in `PLACE` with the unit `lamps`, filed by a resident with a token, and a photo."""
    form = {**OWN, "territory": PLACE, "photos": [await residents.upload(BASELINE)]}
    sent = desk.headers(sub=FILER, roles=("resident",))
    assert (await desk.client.post("/petitions", json=form, headers=sent)).is_success
    await service.projector.drain()
    [filed] = (await desk.register())["items"]
    await desk.walk(filed["id"], "accept", "dispatch")
    await service.projector.drain()
    return str(filed["id"])


def _may(action: str, actor: Mapping[str, Any]) -> bool:
    """What the table says, read without the code that enforces it."""
    inside = actor["territory"] in ("d", "d/s1", PLACE)

    def there(grant: Grant) -> bool:
        told: dict[Where, bool] = {
            "anywhere": True,
            "territory": inside,
            "involved": inside and actor["unit"] == "lamps",
            "unit": inside and actor["unit"] == "lamps",
            "own": actor["sub"] == FILER,
        }
        return told[grant.where]

    [role] = actor["roles"]
    return any(role in grant.roles and there(grant) for grant in ACCESS.actions[action])


def _actors() -> list[dict[str, Any]]:
    people = product(NAMES, TERRITORIES, UNITS, ("someone", FILER))
    return [
        {"sub": sub, "roles": (role,), "territory": territory, "unit": unit}
        for role, territory, unit, sub in people
        if (unit == "lamps") or role == "handling_unit"
        if sub == "someone" or role == "resident"
    ]


@pytest.mark.timeout(300)  # a thousand requests, on a machine that has other things to do
async def test_every_step_is_taken_by_those_of_the_table_only(
    desk: FrontDesk, case_id: str, service: Grievance
) -> None:
    cells = 0
    for actor in _actors():
        for verb, step in STEPS.items():
            answer = await desk.step(case_id, verb, NEVER, form=FILLED[verb], **actor)
            action = action_of(step.command)
            seen, may = _may("read_case", actor), _may(action, actor)
            expected = 412 if seen and may else 403 if seen else 404
            assert answer.status_code == expected, (action, actor, answer.text)
            cells += 1
    assert cells > 1_500
    assert await service.head() == 3


async def test_every_page_is_read_by_those_of_the_table_only(desk: FrontDesk, case_id: str) -> None:
    for actor in _actors():
        for action, path in PAGES.items():
            answer = await desk.read(path.format(id=case_id), actor=actor)
            if "{id}" in path:
                expected = 200 if _may(action, actor) else 404
                assert answer.status_code == expected, (action, actor, answer.text)
                continue
            granted = [g for g in ACCESS.actions[action] if actor["roles"][0] in g.roles]
            known = actor["territory"] != "nowhere" or (granted[:1] and granted[0].where == "own")
            unit = not granted or granted[0].where not in ("unit", "involved") or actor["unit"]
            expected = 200 if granted and known and unit else 403
            assert answer.status_code == expected, (action, actor, answer.text)
            if action == "read_register" and expected == 200:
                found = [line["id"] for line in answer.json()["items"]]
                assert (found == [case_id]) is _may(action, actor), (actor, found)
            if action == "read_desk" and expected == 200:
                found = [line["id"] for line in answer.json()["items"]]
                assert (found == [case_id]) is _may("sign_order", actor), (actor, found)


async def test_every_step_of_a_batch_is_taken_by_those_of_the_table_only(
    desk: FrontDesk, case_id: str, service: Grievance
) -> None:
    batches = {"accept": {}, "dispatch": {"unit": "x"}, "sign": {}, "close": {"outcome": "solved"}}
    for actor in _actors():
        for verb, form in batches.items():
            batch = {"step": verb, "cases": [{"id": case_id, "version": NEVER}], **form}
            sent = desk.headers(**actor)
            answer = await desk.client.post("/cases/batch", json=batch, headers=sent)
            roles = {role for one in ACCESS.actions["take_batch"] for role in one.roles}
            unit = actor["roles"] != ("handling_unit",) or actor["unit"]
            if actor["roles"][0] not in roles or not unit:
                assert answer.status_code == 403, actor
                continue
            [verdict] = answer.json()["items"]
            action = action_of(STEPS[verb].command)
            seen, may = _may("read_case", actor), _may(action, actor)
            expected = 412 if seen and may else 403 if seen else 404
            assert verdict["problem"]["status"] == expected, (verb, actor)
    assert await service.head() == 3


async def test_every_step_is_offered_to_those_of_the_table_only(
    desk: FrontDesk, case_id: str
) -> None:
    possible = (
        "dispatch", "sign", "bounce", "assign", "prolong", "watch", "exclude", "withdraw",
        "correct",
    )  # fmt: skip
    now = {verb: action_of(s.command) for verb, s in STEPS.items() if verb in possible}
    for actor in _actors():
        if not _may("read_case", actor):
            continue
        page = (await desk.read(f"/cases/{case_id}", actor=actor)).json()
        offered = [step["verb"] for step in page["steps"]]
        assert offered == [verb for verb, action in now.items() if _may(action, actor)], actor


async def test_duplicates_are_linked_by_those_of_the_table_only(
    desk: FrontDesk, case_id: str, service: Grievance
) -> None:
    other = (await desk.file(territory=PLACE))["id"]
    await service.projector.drain()
    for actor in _actors():
        sent, form = desk.headers(version=NEVER, **actor), {"original": other}
        answer = await desk.client.post(f"/cases/{case_id}/link", json=form, headers=sent)
        expected = 412 if _may("link_case", actor) else 403
        if not _may("read_case", actor):
            expected = 404
        elif actor["roles"][0] in ("handling_unit", "resident"):
            expected = 422  # the other one is not theirs to see
        assert answer.status_code == expected, (actor, answer.text)


async def test_petitions_are_filed_by_those_of_the_table_only(desk: FrontDesk) -> None:
    petition = {**PETITION, "territory": PLACE}
    for actor in _actors():
        answer = await desk.client.post("/cases", json=petition, headers=desk.headers(**actor))
        expected = 201 if _may("raise_petition", actor) else 403
        assert answer.status_code == expected, (actor, answer.text)


async def test_persons_are_erased_by_those_of_the_table_only(desk: FrontDesk, case_id: str) -> None:
    person = (await desk.read(f"/cases/{case_id}")).json()["petitioner"]
    path, form = f"/persons/{person}/erasure", {"reason": "own_request"}
    for actor in _actors():
        if not _may("erase_subject", actor):
            answer = await desk.client.post(path, json=form, headers=desk.headers(**actor))
            assert answer.status_code in (403, 404), (actor, answer.text)
    chief: dict[str, Any] = {"sub": "chief", "roles": ("supervisor",), "territory": "d/s1"}
    assert (await desk.client.post(path, json=form, headers=desk.headers(**chief))).is_success


async def test_contacts_are_shown_to_those_of_the_table_only(desk: FrontDesk, case_id: str) -> None:
    for actor in _actors():
        if not _may("read_case", actor):
            continue
        page = (await desk.read(f"/cases/{case_id}", actor=actor)).json()
        [role] = actor["roles"]
        hidden = {name for name, roles in ACCESS.fields.items() if role not in roles}
        assert set(page["withheld"]) == hidden
        shown = {name for line in page["history"] for name in line["data"]}
        assert not shown & hidden
        assert ACCESS.fields.keys() - hidden <= shown


async def test_contracts_are_for_services_only(desk: FrontDesk) -> None:
    for role in NAMES:
        answer = await desk.read("/contracts", after=0, actor={"sub": "one", "roles": (role,)})
        assert (answer.status_code == 200) is (role == "service"), role


async def test_how_far_copies_have_come_is_shown_to_those_of_the_table_only(
    desk: FrontDesk,
) -> None:
    for role in NAMES:
        answer = await desk.read("/copies", actor={"sub": "one", "roles": (role,)})
        may = any(role in grant.roles for grant in ACCESS.actions["read_copies"])
        assert answer.status_code == (200 if may else 403), role
    copies = (await desk.read("/copies", actor={"sub": "one", "roles": ("auditor",)})).json()
    assert {one["name"] for one in copies["items"]} == {
        "map_history", "known_residents", "known_units", "dispatch_catalogue",
    }  # fmt: skip
    for one in copies["items"]:
        assert (one["of"], one["behind_events"], one["behind_seconds"]) == ("territory", None, None)
        assert one["unknown"] == "the broker does not answer: KafkaConnectionError"


async def test_every_route_is_in_the_table_and_tried_here(running: FastAPI) -> None:
    tried = {*PAGES, *(action_of(step.command) for step in STEPS.values())}
    tried |= {"raise_petition", "erase_subject", "take_batch", "read_contracts", "read_copies"}
    tried |= {"link_case", *test_access_whistles.TRIED, *test_campaign_api.TRIED, *OF_RULES}
    tried |= {"upload_file", "read_file", "read_letter", "read_evidence", *test_access_looks.TRIED}
    assert tried <= ACCESS.actions.keys()
    assert composing.operations(running) == tried | ACCESS.public.keys()
