"""The register searched: by name, by words, by state and day, in either order."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from services.grievance.queries import register, windows
from services.grievance.service import Grievance
from shared.contracts import limits
from shared.core.local_time import day_of
from tests.grievance.front_desk import CHIEF, CLERK, UNIT, FrontDesk, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NOW = datetime.now(UTC)
OPEN = ("filed", "accepted", "dispatched", "signed", "replied", "callback", "reopened")
LIFE = ("accept", "dispatch", "sign", "reply", "callback", "close", "reopen")
KINDS = ("repair", "complaint", "consult", "petition")
PLACES = ("d/s1/c1", "d/s1/c2", "d/s2/c9")
WORDS = ("路灯", "垃圾", "漏水", "停车")


async def _drain(service: Grievance) -> None:
    await service.projector.drain()
    await service.searched.drain()


@pytest.fixture
async def lines(desk: FrontDesk, service: Grievance) -> dict[str, dict[str, Any]]:
    """Sixty cases at every stage, filed over half a year; their register lines by id."""
    random = Random(7)
    receipts = await asyncio.gather(*(desk.file(**_form(random, n)) for n in range(60)))
    walks = [LIFE[: random.randrange(len(LIFE) + 1)] for _ in receipts]
    await asyncio.gather(
        *(desk.walk(r["id"], *walk) for r, walk in zip(receipts, walks, strict=True))
    )
    await _drain(service)
    return {line["id"]: line for line in (await desk.register(limit=200))["items"]}


def _form(random: Random, number: int) -> dict[str, Any]:
    at = NOW - timedelta(days=random.randrange(180), hours=random.randrange(24))
    told = random.sample(WORDS, k=2)
    return {
        "subject": f"{told[0]}的事", "details": f"第{number}件，{told[1]}，请处理。",
        "territory": random.choice(PLACES), "case_type": random.choice(KINDS),
        "occurred_at": at.isoformat(), "late_reason": "paper_form",
    }  # fmt: skip


async def _all(desk: FrontDesk, limit: int = 7, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    mark: dict[str, str] = {}
    while True:
        page = await desk.register(limit=limit, **query, **mark)
        found += page["items"]
        if page["next"] is None:
            return found
        mark = {"after": page["next"]}


async def test_what_is_due_first_comes_first_and_only_while_it_is_open(
    desk: FrontDesk, lines: dict[str, dict[str, Any]]
) -> None:
    found = await _all(desk, sort="due")
    assert {line["id"] for line in found} == {
        key for key, line in lines.items() if line["status"] in OPEN
    }
    order = [(line["due"], line["id"]) for line in found]
    assert order == sorted(order)
    place = await _all(desk, sort="due", territory="d/s1", type="repair", state="filed,signed")
    assert place == [
        line
        for line in found
        if line["territory"].startswith("d/s1")
        and line["case_type"] == "repair"
        and line["status"] in ("filed", "signed")
    ]
    assert await _all(desk, sort="due", state="closed") == []


async def test_a_line_says_when_it_is_due_while_it_is_open(
    desk: FrontDesk, lines: dict[str, dict[str, Any]]
) -> None:
    today = day_of(datetime.now(UTC))
    for line in lines.values():
        if line["status"] not in OPEN:
            assert (line["due"], line["overdue"]) == (None, False)
            continue
        # A petition (信访) has its time from its acceptance, a new round from its beginning.
        petition = line["case_type"] == "petition" and line["status"] != "filed"
        if line["status"] != "reopened" and not petition:
            begun = day_of(datetime.fromisoformat(line["raised_at"]))
            assert line["due"] == limits.due_day(line["case_type"], begun)
        assert line["overdue"] == (line["due"] < today)
        page = (await desk.read(f"/cases/{line['id']}")).json()["case"]
        assert (page["due"], page["overdue"]) == (line["due"], line["overdue"])
    late = [line for line in lines.values() if line["overdue"]]
    assert 0 < len(late) < len(lines)
    assert await _all(desk, overdue="true") == late
    page = await desk.register(overdue="true", territory="d/s1")
    assert page["total"] == sum(line["territory"].startswith("d/s1") for line in late)
    in_time = [one for one in lines.values() if one["due"] and not one["overdue"]]
    assert await _all(desk, overdue="false") == in_time


async def test_days_are_those_of_beijing_and_both_in(
    desk: FrontDesk, lines: dict[str, dict[str, Any]]
) -> None:
    days = {key: day_of(datetime.fromisoformat(one["raised_at"])) for key, one in lines.items()}
    first, last = sorted(days.values())[20], sorted(days.values())[40]
    between: dict[str, Any] = {"from": first, "to": last}
    found = await _all(desk, **between)
    assert found == [line for key, line in lines.items() if first <= days[key] <= last]
    assert 20 < len(found) < 40
    refused(await desk.read("/cases", **{"from": "2026-02-30"}), 422, "invalid_request")


@pytest.mark.parametrize("first", [1, 3, 500])
async def test_words_find_the_cases_that_have_them_however_far_back(
    desk: FrontDesk,
    lines: dict[str, dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    first: int,
) -> None:
    monkeypatch.setattr(register, "FIRST", first)
    monkeypatch.setattr(windows, "FURTHER", (1, 3, 9))
    told = {key: (await desk.read(f"/cases/{key}")).json() for key in lines}
    texts = {key: str(page["history"][0]["data"]) for key, page in told.items()}
    asked: tuple[dict[str, str], ...] = (
        {"q": "路灯"}, {"q": "灯的事"}, {"q": "路灯 垃圾"}, {"q": "漏水，"}, {"q": "请处理"},
        {"q": "停车", "territory": "d/s1"}, {"q": "路灯", "state": "open"},
        {"q": "路灯", "sort": "due"}, {"q": "垃圾", "type": "repair", "state": "closed"},
        {"q": "没有人说过"},
    )  # fmt: skip
    for query in asked:
        found = await _all(desk, limit=5, **query)
        parts = query["q"].replace("，", "").split()
        wanted = {key for key, text in texts.items() if all(part in text for part in parts)}
        rest = {name: value for name, value in query.items() if name != "q"}
        others = await _all(desk, limit=200, **rest)
        assert found == [line for line in others if line["id"] in wanted], query
        assert (await desk.register(**query))["total"] is None


async def test_a_name_finds_its_case_and_words_are_what_names_none(
    desk: FrontDesk, service: Grievance
) -> None:
    first = await desk.file(subject="二号楼", territory="d/s1/c1")
    other = await desk.file(subject=f"编号{first['position']}那件", territory="d/s2/c9")
    await _drain(service)

    async def found(q: str, **about: Any) -> list[str]:
        return [line["id"] for line in (await desk.register(q=q, **about))["items"]]

    number = str(first["position"])
    assert await found(number) == await found(first["id"]) == [first["id"]]
    assert await found(first["id"].upper()) == [first["id"]]
    day = day_of(datetime.fromisoformat(first["recorded_at"]))
    slip = f"{day.replace('-', '')}-{number}"
    assert await found(slip) == await found(slip.replace("-", " ")) == [first["id"]]
    assert await found("二号") == [first["id"]]
    chief = {**CHIEF, "territory": "d/s2"}
    assert await found(first["id"], actor=chief) == []
    assert await found(number, actor=chief) == [other["id"]], "there, it is no case's name"
    assert await found(number, state="closed") == []


async def test_nobody_finds_by_words_what_is_not_theirs(
    desk: FrontDesk, service: Grievance
) -> None:
    resident = {"sub": "resident-1", "roles": ("resident",)}
    own = (await desk.file(resident))["id"]
    lamps, other = (await desk.file())["id"], (await desk.file(territory="d/s2/c9"))["id"]
    await desk.walk(lamps, "accept", "dispatch")
    await _drain(service)
    for actor, seen in (
        (CLERK, {own, lamps, other}),
        ({**CLERK, "territory": "d/s1"}, {own, lamps}),
        (UNIT, {lamps}),
        (resident, {own}),
        ({**resident, "sub": "resident-2"}, set()),
    ):
        page = await desk.register(q="路灯", actor=actor)
        assert {line["id"] for line in page["items"]} == seen, actor


async def test_the_words_of_an_erased_person_find_nothing(
    desk: FrontDesk, service: Grievance
) -> None:
    filed, other = await desk.file(), await desk.file()
    await _drain(service)
    person = (await desk.read(f"/cases/{filed['id']}")).json()["petitioner"]
    path, form = f"/persons/{person}/erasure", {"reason": "own_request"}
    answer = await desk.client.post(path, json=form, headers=desk.headers(**CHIEF))
    assert answer.is_success
    await _drain(service)
    page = await desk.register(q="路灯", min_position=answer.json()["position"])
    assert [line["id"] for line in page["items"]] == [other["id"]]
    page = await desk.register(q=filed["id"])
    assert [line["subject"] for line in page["items"]] == [None]


async def test_a_bad_search_is_pointed_at(desk: FrontDesk) -> None:
    for name, value in (
        ("state", "filed,"), ("state", "filed;open"), ("state", "all"), ("overdue", "maybe"),
        ("sort", "name"), ("from", "2026-1-1"), ("to", "today"), ("q", ""), ("q", "a\x00b"),
        ("first", "2026-01-01"),
    ):  # fmt: skip
        problem = refused(await desk.read("/cases", **{name: value}), 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"], (name, value)
    for q in ("灯", "！？", "灯 泡"):
        assert pointers(refused(await desk.read("/cases", q=q), 422, "too_short")) == ["/q"]
    filed = "MjAyNi0wMS0wMVQwMDowMDowMFogMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAw"
    assert (await desk.register(after=filed))["items"] == []
    refused(await desk.read("/cases", sort="due", after=filed), 422, "bad_page_mark")
