"""Beside the straight way, over HTTP: orders sent back and settled, handed over and helped with;
more time; the shelf; a level up; two who decide; what petitioners withdraw; duplicates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.service import Grievance
from tests.grievance.front_desk import (
    AGENT,
    ARBITER,
    CHIEF,
    CLERK,
    PARKS,
    UNIT,
    FrontDesk,
    pointers,
    refused,
)
from tests.grievance.residents import Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
TO_PARKS = {"unit": "parks"}


async def _at(desk: FrontDesk, *verbs: str, **about: Any) -> tuple[str, int]:
    """A case that went through these steps: its id and its version."""
    filed = await desk.file(**about)
    last = await desk.walk(filed["id"], *verbs) if verbs else filed
    return filed["id"], last["version"]


async def _view(desk: FrontDesk, case_id: str, **query: Any) -> dict[str, Any]:
    answer = await desk.read(f"/cases/{case_id}", **query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _done(desk: FrontDesk, case_id: str, verb: str, **step: Any) -> dict[str, Any]:
    """The step taken on the case as it stands; how it stands then."""
    version = (await _view(desk, case_id))["case"]["version"]
    answer = await desk.step(case_id, verb, version, **step)
    assert answer.status_code == 200, (verb, answer.text)
    return await _view(desk, case_id)


async def test_an_order_that_nobody_wants_is_settled_by_an_arbiter(desk: FrontDesk) -> None:
    case_id, _ = await _at(desk, "accept", "dispatch")
    view = await _done(desk, case_id, "bounce")
    assert view["case"]["status"] == "bounced"
    assert view["history"][-1]["data"]["evidence"] == "产权在物业公司。"
    again = await desk.step(case_id, "dispatch", view["case"]["version"])
    assert pointers(refused(again, 422, "unit_sent_it_back")) == ["/unit"]
    for unit in ("parks", "roads"):
        await _done(desk, case_id, "dispatch", form={"unit": unit})
        who = {"sub": unit, "unit": unit, "roles": ("handling_unit",)}
        view = await _done(desk, case_id, "bounce", **who)
    more = await desk.step(case_id, "dispatch", view["case"]["version"], form={"unit": "water"})
    refused(more, 409, "needs_an_arbiter")
    settled = await _done(desk, case_id, "remit", form={"unit": "lamps", "grounds": "路灯所管。"})
    assert (settled["case"]["status"], settled["case"]["unit"]) == ("dispatched", "lamps")
    no = await desk.step(case_id, "bounce", settled["case"]["version"])
    refused(no, 409, "remit_is_decided")
    assert "bounce" not in [s["verb"] for s in (await _view(desk, case_id, actor=UNIT))["steps"]]


async def test_it_is_raised_a_level_after_three_units_without_a_lead(desk: FrontDesk) -> None:
    case_id, version = await _at(desk, "accept")
    refused(await desk.step(case_id, "raise", version, **CHIEF), 409, "no_grounds_to_raise")
    for unit in ("lamps", "parks", "roads"):
        await _done(desk, case_id, "dispatch", form={"unit": unit})
        who = {"sub": unit, "unit": unit, "roles": ("handling_unit",)}
        await _done(desk, case_id, "bounce", **who)
    view = await _done(desk, case_id, "raise")
    assert (view["standing"]["level"], view["history"][-1]["data"]["reason"]) == (1, "no_lead")


async def test_an_order_is_handed_over_with_a_new_time_to_sign(desk: FrontDesk) -> None:
    case_id, version = await _at(desk, "accept", "dispatch", "sign")
    refused(await desk.step(case_id, "dispatch", version), 422, "unit_has_it")
    before = (await _view(desk, case_id))["clocks"]
    view = await _done(desk, case_id, "dispatch", form=TO_PARKS)
    clocks = {one["clock"]: one["due"] for one in view["clocks"]}
    assert "sign" in clocks and "contact" not in clocks  # noqa: PT018 - one promise for the other
    assert clocks["handle"] == {one["clock"]: one["due"] for one in before}["handle"]
    refused(await desk.read(f"/cases/{case_id}", actor=UNIT), 404, "no_such_case")


async def test_a_unit_that_helps_says_what_it_did_and_the_lead_replies(
    desk: FrontDesk, service: Grievance
) -> None:
    case_id, _ = await _at(desk, "accept", "dispatch", "sign")
    view = await _done(desk, case_id, "assign")
    assert view["standing"]["assists"] == ["parks"]
    seen = await _view(desk, case_id, actor=PARKS)
    assert [step["verb"] for step in seen["steps"]] == ["assist"]
    assert "phone" in seen["withheld"] or seen["history"][0]["data"].get("phone")
    view = await _done(desk, case_id, "assist")
    assert view["history"][-1]["data"] == {"unit": "parks", "words": "已修剪遮灯的树枝。"}
    refused(
        await desk.step(case_id, "reply", view["case"]["version"], **PARKS), 403, "not_your_unit"
    )
    await service.projector.drain()
    page = (await desk.read("/desk", actor=PARKS)).json()
    assert ([line["id"] for line in page["helping"]], page["items"]) == ([case_id], [])
    stranger = {"sub": "x", "roles": ("handling_unit",), "unit": "water"}
    refused(await desk.read(f"/cases/{case_id}", actor=stranger), 404, "no_such_case")


async def test_more_time_is_given_by_another_person_and_written_down(
    desk: FrontDesk, service: Grievance
) -> None:
    case_id, version = await _at(desk, "accept", "dispatch", "sign")
    long = {"days": 11, "reason": "materials", "grounds": "定做"}
    too_long = await desk.step(case_id, "prolong", version, form=long)
    assert pointers(refused(too_long, 422, "too_long")) == ["/days"]
    both: dict[str, Any] = {
        "sub": "lamp-1",
        "roles": ("handling_unit", "supervisor"),
        "unit": "lamps",
    }
    asked = await _done(desk, case_id, "prolong", **both)
    await service.projector.drain()
    page = (await desk.read("/desk", actor=CHIEF)).json()
    assert [line["id"] for line in page["undecided"]] == [case_id]
    assert asked["standing"]["extension"] == "asked"
    own = await desk.step(case_id, "allow", asked["case"]["version"], **both)
    refused(own, 403, "extension_by_asker")
    view = await _done(desk, case_id, "allow")
    due = {one["clock"]: datetime.fromisoformat(one["due"]) for one in view["clocks"]}
    before = datetime.fromisoformat(asked["history"][0]["due"]["handle"])
    assert due["handle"] == BOOK.due("5wd", before)
    assert view["case"]["due"] > asked["case"]["due"]
    second = await desk.step(case_id, "prolong", view["case"]["version"])
    refused(second, 409, "extension_was_asked")


async def test_a_bad_reply_goes_back_to_work(desk: FrontDesk) -> None:
    case_id, _ = await _at(desk, "accept", "dispatch", "sign", "reply")
    own = await desk.step(case_id, "inspect", 5, roles=("grid_worker",), sub="lamp-9", unit="lamps")
    refused(own, 403, "site_verified_by_handler")
    view = await _done(desk, case_id, "inspect", form={"confirmed": False, "found": "灯没亮。"})
    assert view["case"]["status"] == "replied"
    view = await _done(desk, case_id, "redo", **AGENT)
    assert (view["case"]["status"], view["standing"]["redos"]) == ("redo", 1)
    view = await _done(desk, case_id, "reply")
    assert view["case"]["status"] == "replied"


async def test_what_cannot_be_settled_is_shelved_and_looked_at_again(desk: FrontDesk) -> None:
    case_id, version = await _at(desk, "accept", "dispatch", "sign")
    refused(await desk.step(case_id, "shelve", version), 409, "too_early_to_shelve")
    await _done(desk, case_id, "prolong")
    view = await _done(desk, case_id, "allow")
    past = {"review_on": "2020-01-01", "explanation": "等改造"}
    bad = await desk.step(case_id, "shelve", view["case"]["version"], form=past)
    assert pointers(refused(bad, 422, "review_is_past")) == ["/review_on"]
    view = await _done(desk, case_id, "shelve")
    assert view["case"]["status"] == "shelved"
    assert "review" in {one["clock"] for one in view["clocks"]}
    later = {"resumed": False, "review_on": "2027-06-01", "explanation": "还没开工"}
    assert (await _done(desk, case_id, "review", form=later))["case"]["status"] == "shelved"
    assert (await _done(desk, case_id, "review"))["case"]["status"] == "accepted"


async def test_what_does_not_count_is_decided_by_a_second_person(desk: FrontDesk) -> None:
    case_id, _ = await _at(desk, "accept", "dispatch", "sign", "reply", "close")
    both: dict[str, Any] = {"sub": "chief-1", "roles": ("supervisor",)}
    view = await _done(desk, case_id, "exclude", **both)
    own = await desk.step(case_id, "judge", view["case"]["version"], **both)
    refused(own, 403, "exclusion_by_asker")
    view = await _done(desk, case_id, "judge", sub="chief-2", roles=("supervisor",))
    assert view["standing"]["exclusion"] == "granted"
    assert view["case"]["status"] == "closed", "whether it counts changes nothing else"


async def test_a_clue_is_verified_once(desk: FrontDesk) -> None:
    case_id, version = await _at(desk, case_type="complaint")
    refused(await desk.step(case_id, "verify", version), 409, "not_a_clue")
    case_id, _ = await _at(desk, case_type="clue")
    view = await _done(desk, case_id, "verify")
    assert view["standing"]["verified"] is True
    again = await desk.step(case_id, "verify", view["case"]["version"])
    refused(again, 409, "clue_was_verified")


async def test_a_petitioner_withdraws_and_nobody_works_on_it_any_more(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    slip = await residents.file()
    await service.projector.drain()
    [line] = (await desk.register())["items"]
    await desk.walk(line["id"], "accept", "dispatch")
    answer = await residents.take(slip, "withdraw", words="自己修好了")
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert (seen["status"], seen["outcome"], seen["due"]) == ("closed", "withdrawn", None)
    assert (await _view(desk, line["id"]))["clocks"] == []
    refused(await desk.step(line["id"], "sign", 5), 409, "case_is_closed")
    refused(await residents.take(slip, "withdraw"), 409, "case_is_closed")


async def test_a_duplicate_ends_and_both_say_of_which(desk: FrontDesk, service: Grievance) -> None:
    first, _ = await _at(desk, "accept", "dispatch")
    second, _ = await _at(desk)
    await service.projector.drain()
    number = (await _view(desk, first))["case"]["number"]

    async def link(case_id: str, original: str, version: int, **actor: Any) -> Any:
        sent = desk.headers(version=version, **{**CLERK, **actor})
        return await desk.client.post(
            f"/cases/{case_id}/link", json={"original": original}, headers=sent
        )

    assert pointers(refused(await link(second, "999999", 1), 422, "no_such_original")) == [
        "/original"
    ]
    refused(await link(second, second, 1), 422, "is_itself")
    answer = await link(second, str(number), 1)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["id"], answer.json()["version"]) == (second, 3)
    left, right = await _view(desk, second), await _view(desk, first)
    assert (left["case"]["status"], left["case"]["outcome"]) == ("closed", "duplicate")
    assert left["standing"]["duplicate_of"] == first
    assert (right["case"]["status"], right["standing"]["duplicates"]) == ("dispatched", [second])
    third, _ = await _at(desk)
    await service.projector.drain()
    refused(await link(third, second, 1), 422, "original_is_a_duplicate")
    refused(await link(second, first, 3), 422, "is_linked")


async def test_who_settles_remits_sees_what_was_sent_back(
    desk: FrontDesk, service: Grievance
) -> None:
    case_id, _ = await _at(desk, "accept", "dispatch", "bounce")
    await service.projector.drain()
    page = (await desk.read("/desk", actor=ARBITER)).json()
    assert [(line["id"], line["group"], line["steps"]) for line in page["items"]] == [
        (case_id, "remit", ["remit"])
    ]
    page = (await desk.read("/desk", actor=UNIT)).json()
    assert [(line["id"], line["group"]) for line in page["items"]] == [(case_id, "waiting")]
