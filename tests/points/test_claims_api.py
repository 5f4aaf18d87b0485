"""Claims over HTTP: made, looked into, approved one by one and many at once, and what
they bring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.points.service import PointsService
from shared.core.messages import Actor
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.stream import stream_of
from shared.runtime.commands.submission import Identity, Target, single
from tests.points.claims import (
    ANN,
    BEN,
    HEAD,
    REVIEWER,
    SUPERVISOR,
    Claimants,
    days_ago,
    form_of,
    resident,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
ELSEWHERE = {**REVIEWER, "territory": "d/s1/c2"}
PHOTO = "ab" * 32


@pytest.fixture
async def claimants(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> Claimants:
    made = Claimants(client, headers, service)
    await made.draw()
    return made


async def test_an_approved_claim_brings_its_points_once(claimants: Claimants) -> None:
    claim = await claimants.claimed(quantity=2)
    assert await claimants.given() == 0
    await claimants.approve(claim)
    assert await claimants.given() == 4
    assert await claimants.refused(f"/claims/{claim}/approve", {}, REVIEWER) == "claim_is_approved"
    assert await claimants.given() == 4
    [line] = (await claimants.read("/claims", resident(ANN)))["items"]
    told = (line["status"], line["points"], line["today"], line["decider"], line["steps"])
    assert told == ("approved", 4, 4, "reviewer", [])


async def test_one_retry_and_one_double_click_are_one_claim_and_one_giving(
    claimants: Claimants,
) -> None:
    answers = [
        await claimants.post("/claims", form_of(), resident(ANN), key="one") for _ in range(2)
    ]
    [claim] = {one.json()["id"] for one in answers}
    steps = [claimants.sent(f"/claims/{claim}/approve", {}, REVIEWER) for _ in range(4)]
    codes = sorted(one.status_code for one in await asyncio.gather(*steps))
    await claimants.service.projector.drain()
    assert codes == [200, 422, 422, 422]
    assert await claimants.given() == 2


async def test_nobody_approves_what_they_claimed_or_what_is_their_own(
    claimants: Claimants,
) -> None:
    mine = {"sub": str(ANN), "roles": ("points_reviewer", "resident"), "territory": "d/s1/c1"}
    own = await claimants.claimed(actor=mine)
    assert await claimants.refused(f"/claims/{own}/approve", {}, mine) == (
        "claim_approved_by_claimer"
    )
    for_ann = await claimants.claimed(actor=HEAD)
    assert await claimants.refused(f"/claims/{for_ann}/approve", {}, mine) == (
        "claim_approved_by_holder"
    )
    both = {**HEAD, "roles": ("building_head", "points_reviewer")}
    assert await claimants.refused(f"/claims/{for_ann}/approve", {}, both) == (
        "claim_approved_by_claimer"
    )
    await claimants.approve(for_ann, SUPERVISOR)
    assert await claimants.given() == 2


async def test_a_claim_past_a_limit_shows_it_and_brings_what_is_left(claimants: Claimants) -> None:
    await claimants.approve(await claimants.claimed(quantity=4))
    claim = await claimants.claimed(quantity=3)
    [line] = (await claimants.read("/claims", REVIEWER, status="waiting"))["items"]
    assert (line["points"], line["over"], line["today"], line["daily"]) == (2, 4, 8, 10)
    assert line["odd"] == ["same_day", "capped"]
    await claimants.approve(claim)
    assert await claimants.given() == 10
    nothing = await claimants.claimed()
    await claimants.approve(nothing)
    assert await claimants.given() == 10
    [last, *_] = (await claimants.read("/claims", REVIEWER, status="approved"))["items"]
    assert (last["id"], last["points"], last["over"]) == (nothing, 0, 2)


async def test_the_queue_is_the_oldest_first_goes_on_and_counts(claimants: Claimants) -> None:
    made = [await claimants.claimed(BEN, day=days_ago(one)) for one in range(5)]
    await claimants.claimed(reason="mediation", words="楼上漏水")
    seen, after = [], None
    while True:
        asked: dict[str, Any] = {"after": after} if after else {}
        page = await claimants.read("/claims", REVIEWER, status="waiting", limit=2, **asked)
        seen += [one["id"] for one in page["items"]]
        if (after := page["next"]) is None:
            break
    assert seen[:5] == made
    assert len(seen) == 6
    assert [(one["reason"], one["claims"]) for one in page["waiting"]] == [
        ("activity", 5),
        ("mediation", 1),
    ]
    found = await claimants.read("/claims", REVIEWER, status="waiting", reason="mediation")
    assert [one["words"] for one in found["items"]] == ["楼上漏水"]
    elsewhere = await claimants.read("/claims", ELSEWHERE, status="waiting")
    assert (elsewhere["items"], elsewhere["waiting"]) == ([], [])


async def test_many_are_approved_at_once_and_each_is_answered(claimants: Claimants) -> None:
    good = [await claimants.claimed(one) for one in (ANN, BEN)]
    own = await claimants.claimed(BEN, {**HEAD, "sub": "reviewer"})
    named = [*good, own, str(UUID(int=9))]
    form = {"claims": named}
    answer = (await claimants.post("/claims/approve", form, REVIEWER, key="batch")).json()
    codes = [one["code"] for one in answer["items"]]
    assert codes == [None, None, "claim_approved_by_claimer", "no_such_claim"]
    again = (await claimants.post("/claims/approve", form, REVIEWER, key="batch")).json()
    assert again == answer
    assert (await claimants.given(), await claimants.given(BEN)) == (2, 2)
    twice = {"claims": [good[0], good[0]]}
    assert await claimants.refused("/claims/approve", twice, REVIEWER) == "invalid_request"
    assert await claimants.refused("/claims/approve", form, HEAD) == "role_missing"


async def test_two_hundred_claims_of_one_person_end_within_the_limits(
    claimants: Claimants,
) -> None:
    sent = [claimants.sent("/claims", form_of(), resident(ANN)) for _ in range(200)]
    claims = [one.json()["id"] for one in await asyncio.gather(*sent)]
    answer = await claimants.done("/claims/approve", {"claims": claims}, REVIEWER)
    assert answer["approved"] == 200
    assert await claimants.given() == 10, "the most of a day, however they come in"


async def test_a_rejected_claim_says_why_and_its_photo_may_be_claimed_with_again(
    claimants: Claimants,
) -> None:
    claim = await claimants.claimed(proof=PHOTO)
    assert await claimants.refused("/claims", form_of(proof=PHOTO), resident(ANN)) == (
        "evidence_used"
    )
    why = {"reason": "no_evidence", "words": "照片看不清"}
    await claimants.done(f"/claims/{claim}/reject", why, REVIEWER)
    [line] = (await claimants.read("/claims", resident(ANN)))["items"]
    assert (line["status"], line["refusal"], line["refusal_words"]) == (
        "rejected", "no_evidence", "照片看不清",
    )  # fmt: skip
    assert await claimants.claimed(proof=PHOTO, words="换个说明") == claim
    await claimants.approve(claim)
    assert await claimants.refused("/claims", form_of(proof=PHOTO), resident(ANN)) == (
        "evidence_used"
    )
    assert await claimants.given() == 2


async def test_the_same_photo_of_another_person_is_shown_to_the_reviewer(
    claimants: Claimants,
) -> None:
    await claimants.claimed(proof=PHOTO)
    await claimants.claimed(BEN, proof=PHOTO)
    found = await claimants.read("/claims", REVIEWER, status="waiting")
    assert [one["odd"] for one in found["items"]] == [["same_proof"], ["same_proof"]]


async def test_it_is_withdrawn_by_who_claimed_it_or_for_whom(claimants: Claimants) -> None:
    claim = await claimants.claimed(actor=HEAD)
    other = {**HEAD, "sub": "other"}
    assert await claimants.refused(f"/claims/{claim}/withdraw", {}, other) == "claimed_by_another"
    assert await claimants.refused(f"/claims/{claim}/withdraw", {}, resident(BEN)) == (
        "no_such_claim"
    )
    await claimants.done(f"/claims/{claim}/withdraw", {}, resident(ANN))
    assert await claimants.refused(f"/claims/{claim}/approve", {}, REVIEWER) == "claim_is_withdrawn"
    assert await claimants.given() == 0


async def test_what_comes_by_itself_or_is_not_shown_is_not_claimed(claimants: Claimants) -> None:
    ann, refused = resident(ANN), claimants.refused
    assert await refused("/claims", form_of(reason="serving", quantity=60), ann) == (
        "comes_by_itself"
    )
    assert await refused("/claims", form_of(reason="uncivil"), ann) == "no_such_reason"
    assert await refused("/claims", form_of(reason="nothing"), ann) == "no_such_reason"
    assert await refused("/claims", form_of(words=None), ann) == "words_missing"
    assert await refused("/claims", form_of(day=days_ago(-2)), ann) == "day_ahead"
    assert await refused("/claims", form_of(day=days_ago(40)), ann) == ("late_entry_needs_reason")
    assert await refused("/claims", form_of(quantity=0), ann) == "quantity_not_positive"
    assert await refused("/claims", form_of(quantity=101), ann) == "too_many_times"
    assert await refused("/claims", form_of(territory="nowhere"), ann) == "unknown_territory"
    late = form_of(day=days_ago(40), late_reason="paper_form")
    await claimants.done("/claims", late, ann)


async def test_one_sees_what_one_may_claim_and_what_the_limits_leave(claimants: Claimants) -> None:
    await claimants.approve(await claimants.claimed(quantity=4))
    told = await claimants.read("/claimable", resident(ANN))
    left = {one["code"]: (one["daily"], one["left"]) for one in told["reasons"]}
    assert left == {"activity": (10, 2), "mediation": (None, 42), "explaining": (20, 20)}
    stranger = await claimants.read("/claimable", HEAD, person=str(BEN))
    assert {one["left"] for one in stranger["reasons"]} == {10, 50, 20}


async def test_one_reads_ones_own_claims_and_no_others(claimants: Claimants) -> None:
    await claimants.claimed()
    assert (await claimants.read("/claims", resident(BEN)))["items"] == []
    asked = await claimants.client.get(
        "/claims", params={"person": str(ANN)}, headers=claimants.headers(**resident(BEN))
    )
    assert asked.json()["code"] == "not_your_own"


async def test_the_words_go_with_who_is_erased(claimants: Claimants) -> None:
    claim = await claimants.claimed(words="我家在三栋")
    async with claimants.service.pool.acquire(timeout=10) as connection:
        stored = await connection.fetch("select payload from event")
    assert not any("三栋".encode() in row["payload"] for row in stored)
    [line] = (await claimants.read("/claims", REVIEWER))["items"]
    assert (line["id"], line["words"]) == (claim, "我家在三栋")
    await erase(claimants.service, ANN)
    [line] = (await claimants.read("/claims", REVIEWER))["items"]
    assert (line["id"], line["words"]) == (claim, None)


async def erase(service: PointsService, who: UUID) -> None:
    actor = Actor(id="s", roles=frozenset({"supervisor"}), territory="d")
    asked = EraseSubject(at=datetime.now(UTC), actor=actor, subject=who, reason="own_request")
    target = Target(person, stream_of(who))
    await service.executor.execute(single(target, asked, Identity(uuid4(), b"1" * 32)))
    await service.eraser.catch_up()
