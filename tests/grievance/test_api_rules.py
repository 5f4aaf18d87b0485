"""Rule books over HTTP: published, read, withdrawn, and gone by in the cases of their scope."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.rules_copy import RulesCopy
from services.grievance.service import Grievance
from shared.core.local_time import end_of
from tests.grievance.books import KEEPER, sent, today
from tests.grievance.front_desk import CHIEF, CLERK, FrontDesk, fresh_key, pointers, refused
from tests.grievance.residents import Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
OF_S1: dict[str, Any] = {**KEEPER, "sub": "keeper-s1", "territory": "d/s1"}
MOMENT = timedelta(microseconds=1)


async def publish(desk: FrontDesk, form: dict[str, Any], **actor: Any) -> httpx.Response:
    headers = desk.headers(**{**KEEPER, **actor})
    return await desk.client.post("/rules", json=form, headers=headers)


async def withdraw(desk: FrontDesk, version: str, **actor: Any) -> httpx.Response:
    headers = desk.headers(**{**KEEPER, **actor})
    return await desk.client.post(f"/rules/{version}/withdraw", json={}, headers=headers)


async def rules(desk: FrontDesk, service: Grievance, **query: Any) -> dict[str, Any]:
    await service.projector.drain()
    answer = await desk.read("/rules", actor=query.pop("actor", CHIEF), **query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def promised(desk: FrontDesk, case_id: str, number: int = 1) -> tuple[str, dict[str, str]]:
    """By which book an event of the case was decided, and what it promises."""
    page = (await desk.read(f"/cases/{case_id}")).json()
    line = page["history"][number - 1]
    return line["rules"], line["due"]


async def test_a_book_of_a_subdistrict_is_gone_by_there_at_once_and_nowhere_else(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    handle = {**BOOK.handle, "repair": "3d"}
    form = sent("s1-2026", scope="d/s1", sign="4h", handle=handle)
    assert (await publish(desk, form)).status_code == 201
    there = await desk.file(territory="d/s2/c9")
    assert (await promised(desk, there["id"]))[0] == BOOK.version
    here = await desk.file(territory="d/s1/c2")
    decided_by, due = await promised(desk, here["id"])
    assert decided_by == "s1-2026"
    assert datetime.fromisoformat(due["handle"]) == end_of(today(3).isoformat()) - MOMENT
    await residents.file(territory="d/s1/c1")
    await service.projector.drain()
    [own, *_] = (await desk.register())["items"]
    assert (await promised(desk, own["id"]))[0] == "s1-2026"


async def test_a_later_book_changes_no_promise_that_was_made(desk: FrontDesk) -> None:
    case_id = (await desk.file(territory="d/s1/c1"))["id"]
    kept = await promised(desk, case_id)
    assert (await publish(desk, sent("2026.2", sign="4h"))).status_code == 201
    receipt = await desk.walk(case_id, "accept", "dispatch")
    assert await promised(desk, case_id) == kept
    assert kept[0] == BOOK.version
    # What is decided from now on is decided by the new one.
    decided_by, due = await promised(desk, case_id, 3)
    assert decided_by == "2026.2"
    allowed = datetime.fromisoformat(due["sign"]) - datetime.fromisoformat(receipt["recorded_at"])
    assert timedelta(hours=3, minutes=59) < allowed <= timedelta(hours=4)


async def test_a_deployments_own_days_move_what_is_due(desk: FrontDesk) -> None:
    days = [today(ahead).isoformat() for ahead in range(1, 30)]
    handle = {**BOOK.handle, "repair": "2wd"}
    form = sent("s2-rest", scope="d/s2", handle=handle, closed=days[:14], worked=days[14:])
    assert (await publish(desk, form)).status_code == 201
    rules_here, due = await promised(desk, (await desk.file(territory="d/s2/c9"))["id"])
    assert rules_here == "s2-rest"
    # Fourteen days are closed whatever they are, and the next two are worked.
    assert datetime.fromisoformat(due["handle"]) == end_of(today(16).isoformat()) - MOMENT


async def test_whoever_asks_afresh_sees_what_another_process_has_published(
    desk: FrontDesk, service: Grievance
) -> None:
    other = RulesCopy(service.pool)
    assert (await other.fresh()).books == (BOOK,)
    for number in range(3):
        version = f"2026.{number + 2}"
        assert (await publish(desk, sent(version))).status_code == 201
        assert [book.version for book in (await other.fresh()).books][-1] == version
    later = sent("2027.1", starts=today(9).isoformat())
    assert (await publish(desk, later)).status_code == 201
    assert (await withdraw(desk, "2027.1")).status_code == 200
    versions = [book.version for book in (await other.fresh()).books]
    assert versions == [BOOK.version, "2026.2", "2026.3", "2026.4"]
    await other.aclose()


async def test_all_books_are_read_with_their_state_and_what_they_change(
    desk: FrontDesk, service: Grievance
) -> None:
    await publish(desk, sent("2026.2", sign="3h"))
    await publish(desk, sent("2026.3", sign="3h", redos=4))
    await publish(desk, sent("s1-2026", scope="d/s1", bounce="1wd"))
    await publish(desk, sent("2027.1", starts=today(5).isoformat()))
    await publish(desk, sent("2027.2", starts=today(6).isoformat()))
    assert (await withdraw(desk, "2027.2")).status_code == 200
    found = await rules(desk, service)
    told = {one["version"]: one for one in found["items"]}
    assert [(one["version"], one["state"], one["before"]) for one in found["items"]] == [
        ("2027.2", "withdrawn", "2027.1"),
        ("2027.1", "to_come", "2026.3"),
        ("s1-2026", "in_force", "2026.3"),
        ("2026.3", "in_force", "2026.2"),
        ("2026.2", "past", BOOK.version),
        (BOOK.version, "past", None),
    ]
    changed = {
        version: {(f["figure"], f["was"], f["value"]) for f in one["figures"] if f["changed"]}
        for version, one in told.items()
    }
    assert changed[BOOK.version] == set()
    assert changed["2026.2"] == {("sign", "2h", "3h")}
    assert changed["2026.3"] == {("redos", "3", "4")}
    assert changed["s1-2026"] == {
        ("sign", "3h", "2h"), ("bounce", "2wd", "1wd"), ("redos", "4", "3"),
    }  # fmt: skip
    assert all(figure["source"] for figure in told["2026.2"]["figures"])
    assert told["2027.2"]["withdrawn_by"] == "keeper-1"
    assert (found["territory"], found["in_force"]) == ("d", "2026.3")
    assert (await rules(desk, service, territory="d/s1/c2"))["in_force"] == "s1-2026"


async def test_what_cannot_be_published_says_where_it_fails(desk: FrontDesk) -> None:
    async def fault(form: Any, code: str, status: int = 422) -> list[str]:
        return pointers(refused(await publish(desk, form), status, code))

    assert await fault(sent("2026.2", scope="d/s9"), "unknown_territory") == ["/book/scope"]
    past = sent("2026.2", starts=today(-1).isoformat())
    assert await fault(past, "starts_in_the_past") == ["/book/starts"]
    assert await fault(sent(BOOK.version), "version_taken") == ["/book/version"]
    only = sent("2026.2", dispatch={"urgent": "2h"})
    assert await fault(only, "urgency_missing") == ["/book/dispatch/critical"]
    odd = sent("2026.2", sign="2 hours", bounces=-1, closed=["2026-02-30"], starts=1_800_000_000)
    assert set(await fault(odd, "invalid_request")) == {
        "/book/sign", "/book/bounces", "/book/closed/0", "/book/starts",
    }  # fmt: skip
    assert await fault({"book": "2026.2"}, "invalid_request") == ["/book"]
    refused(await withdraw(desk, "2026.9"), 404, "no_such_rule_book")


async def test_a_book_is_published_by_who_keeps_its_scope(desk: FrontDesk) -> None:
    refused(await publish(desk, sent("2026.2"), **OF_S1), 403, "outside_territory")
    refused(await publish(desk, sent("2026.2", scope="d/s2"), **OF_S1), 403, "outside_territory")
    refused(await publish(desk, sent("2026.2"), **CLERK), 403, "role_missing")
    starts = today(9).isoformat()
    own = sent("s1-2027", scope="d/s1", starts=starts)
    assert (await publish(desk, own, **OF_S1)).status_code == 201
    assert (await publish(desk, sent("2027.1", starts=starts))).status_code == 201
    refused(await withdraw(desk, "2027.1", **OF_S1), 403, "outside_territory")
    refused(await withdraw(desk, "s1-2027", **CLERK), 403, "role_missing")
    assert (await withdraw(desk, "s1-2027", **OF_S1)).status_code == 200
    refused(await withdraw(desk, "s1-2027", **OF_S1), 409, "is_withdrawn")


async def test_a_book_for_the_district_by_its_name_is_one_for_all(
    desk: FrontDesk, service: Grievance
) -> None:
    assert (await publish(desk, sent("2026.2", scope="d"))).status_code == 201
    [last, *_] = (await rules(desk, service))["items"]
    assert (last["version"], last["scope"]) == ("2026.2", "")


async def test_sent_again_it_is_published_once(desk: FrontDesk, service: Grievance) -> None:
    headers = desk.headers(key=fresh_key(), **KEEPER)
    form = sent("2026.2")
    first, again = [await desk.client.post("/rules", json=form, headers=headers) for _ in range(2)]
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await rules(desk, service))["items"]) == 2
