"""Hours over HTTP: put on record, looked into, approved one by one and many at once."""

from __future__ import annotations

import pytest

from shared.core.local_time import start_of
from tests.volunteer.bank import (
    ANN,
    APPROVER,
    BEN,
    COUNTER,
    DAY,
    LEADER,
    SUPERVISOR,
    Bank,
    clock,
    hours,
    volunteer,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
ELSEWHERE = {**APPROVER, "territory": "litai"}


async def test_the_queue_shows_what_an_approver_needs_the_oldest_first(bank: Bank) -> None:
    first = await bank.logged(60, note="送饭三家")
    second = await bank.logged(700, proof="ab" * 32)
    await bank.logged(90, person=str(BEN), proof="ab" * 32)
    found = await bank.read("/records", APPROVER, status="logged")
    shown = [
        (one["person"], one["record"], one["day_minutes"], one["odd"]) for one in found["items"]
    ]
    assert shown == [
        (str(ANN), first, 760, ["full_day"]),
        (str(ANN), second, 760, ["long", "full_day", "same_proof"]),
        (str(BEN), 2, 90, ["same_proof"]),
    ]
    assert found["items"][0]["note"] == "送饭三家"
    assert found["items"][0]["steps"] == ["approve", "reject"]


async def test_the_queue_goes_on_where_a_page_ended(bank: Bank) -> None:
    for _ in range(5):
        await bank.logged(30)
    seen, after = [], None
    while True:
        asked: dict[str, int] = {"after": after} if after else {}
        page = await bank.read("/records", APPROVER, status="logged", limit=2, **asked)
        seen += [one["record"] for one in page["items"]]
        if (after := page["next"]) is None:
            break
    assert seen == [2, 3, 4, 5, 6]
    latest = await bank.read("/records", APPROVER, order="latest", limit=2)
    assert [one["record"] for one in latest["items"]] == [6, 5]


async def test_an_approver_of_elsewhere_sees_and_approves_nothing_of_it(bank: Bank) -> None:
    record = await bank.logged()
    assert (await bank.read("/records", ELSEWHERE))["items"] == []
    path = f"/people/{ANN}/records/{record}/approve"
    answer = await bank.post(path, {}, ELSEWHERE)
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_record")
    assert await bank.refused(path, {}, volunteer(BEN)) == "role_missing"
    assert await bank.refused(f"/people/{ANN}/records/99/approve", {}, APPROVER) == "no_such_record"


async def test_a_volunteer_reads_their_own_hours_and_no_others(bank: Bank) -> None:
    await bank.logged()
    await bank.logged(person=str(BEN))
    own = await bank.read("/records", volunteer(ANN))
    assert [one["person"] for one in own["items"]] == [str(ANN)]
    answer = await bank.get("/records", volunteer(ANN), person=str(BEN))
    assert answer.json()["code"] == "not_your_own"


async def test_an_approved_record_is_saved_once_and_reversed_once(bank: Bank) -> None:
    record = await bank.logged(90)
    await bank.approve(record)
    path = f"/people/{ANN}/records/{record}"
    assert await bank.refused(f"{path}/approve", {}, APPROVER) == "record_is_approved"
    assert (
        await bank.refused(f"{path}/reject", {"reason": "double"}, APPROVER) == "record_is_approved"
    )
    await bank.done(f"{path}/reverse", {"reason": "mistake", "words": "记错了"}, SUPERVISOR)
    assert (
        await bank.refused(f"{path}/reverse", {"reason": "mistake"}, APPROVER)
        == "record_is_reversed"
    )
    [line] = (await bank.read("/records", COUNTER, person=str(ANN)))["items"]
    assert (line["status"], line["reason"], line["steps"]) == ("reversed", "mistake", [])


async def test_many_are_approved_at_once_and_each_is_answered(bank: Bank) -> None:
    good = [await bank.logged(30), await bank.logged(40)]
    own = await bank.done("/records", hours(20, person=str(BEN)), {**LEADER, "sub": "approver"})
    named = [{"person": str(ANN), "record": number} for number in [*good, 77]]
    named.append({"person": str(BEN), "record": own["version"]})
    form = {"records": named}
    answer = (await bank.post("/records/approve", form, APPROVER, key="batch")).json()
    codes = [one["code"] for one in answer["items"]]
    assert codes == [None, None, "no_such_record", "approval_by_recorder"]
    assert answer["approved"] == 2
    again = (await bank.post("/records/approve", form, APPROVER, key="batch")).json()
    assert again == answer
    waiting = await bank.read("/records", APPROVER, status="logged")
    assert [one["person"] for one in waiting["items"]] == [str(BEN)]
    twice = await bank.refused("/records/approve", {"records": [named[0], named[0]]}, APPROVER)
    assert twice == "invalid_request"
    assert await bank.refused("/records/approve", form, LEADER) == "role_missing"


async def test_records_are_found_by_team_status_and_day(bank: Bank) -> None:
    team = "00000000-0000-8000-8000-0000000000aa"
    await bank.logged(30, team=team, since=clock(9), until=clock(10))
    await bank.logged(30)
    assert len((await bank.read("/records", LEADER, team=team))["items"]) == 1
    assert (await bank.read("/records", LEADER, status="approved"))["items"] == []
    asked = {"from": DAY, "to": DAY}
    assert len((await bank.read("/records", LEADER, **asked))["items"]) == 2
    assert start_of(DAY).isoformat() < clock(9)
