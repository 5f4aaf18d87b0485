"""Who looked, as those read it who watch over it: a case in a stretch of time, words, glass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.grievance.looking import glass, noting
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from tests.grievance import seen
from tests.grievance.front_desk import CHIEF, CLERK, UNIT, FrontDesk, fresh_key, refused
from tests.grievance.residents import OWN, Residents
from tests.grievance.seen import CONTACT, WHY, Clock, Shop, on_record

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
AUDITOR: dict[str, Any] = {"sub": "auditor-1", "roles": ("auditor",)}
LEAK = datetime(2026, 5, 1, 4, 0, 20, tzinfo=UTC)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


@pytest.fixture
async def shop(desk: FrontDesk, residents: Residents, watched: Grievance) -> Shop:
    return await seen.shop(desk, residents, watched)


def _told(page: dict[str, Any]) -> list[tuple[str, str]]:
    return [(line["actor"], line["type"]) for line in page["items"]]


async def test_who_saw_this_case_in_the_ten_minutes_before_the_leak(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(LEAK)
    monkeypatch.setattr(noting, "datetime", clock)

    async def at(before: timedelta, actor: str, **about: Any) -> None:
        clock.moment = LEAK - before
        who = {**CLERK, "sub": actor, **about}
        assert (await shop.read(actor=who)).status_code == 200

    await at(timedelta(minutes=11, seconds=30), "too-early")
    await at(timedelta(minutes=10, seconds=10), "in-its-minute")
    await at(timedelta(minutes=9), "of-unit", roles=("handling_unit",), unit=UNIT["unit"])
    clock.moment = LEAK - timedelta(minutes=3)
    await shop.desk.read("/cases", q="路灯", actor={**CLERK, "sub": "searched"})
    await shop.desk.file(subject="别的事")
    await at(timedelta(0), "last")
    await at(timedelta(seconds=-1), "too-late")
    span = {"from": (LEAK - timedelta(minutes=10)).isoformat(), "until": LEAK.isoformat()}
    page = (await shop.read("/looks", actor=CHIEF, **span)).json()
    assert _told(page) == [
        ("last", "case-opened"), ("searched", "register-searched"),
        ("of-unit", "case-opened"), ("in-its-minute", "case-opened"),
    ]  # fmt: skip
    unit = page["items"][2]
    assert (unit["roles"], unit["unit"]) == (["handling_unit"], "lamps")
    assert tuple(unit["fields"]) == CONTACT
    assert unit["at"] == "2026-05-01T03:51:20+00:00"


async def test_who_reads_who_looked_is_on_the_list(shop: Shop) -> None:
    await shop.read()
    page = (await shop.read("/looks", actor=AUDITOR)).json()
    assert _told(page) == [("auditor-1", "looks-read"), ("clerk-1", "case-opened")]
    again = (await shop.read("/looks", actor=CHIEF, limit=1)).json()
    assert _told(again) == [("chief-1", "looks-read")]
    rest = (await shop.read("/looks", actor=CHIEF, after=again["next"])).json()
    assert _told(rest) == _told(page)


async def test_an_auditor_finds_who_searched_for_a_number_and_nobody_reads_it(
    shop: Shop,
) -> None:
    for query in ("139 0000 0000", "+86 139-0000-0000 王", "１３９０００００００１"):
        answer = await shop.desk.read("/cases", q=query, actor={**CLERK, "sub": query[-3:]})
        assert answer.status_code == 200
    looks = await on_record(shop.service)
    assert all("139" not in str(one.event.words) for one in looks)
    assert all("王" not in str(one.event) for one in looks)

    async def who(words: str) -> set[str]:
        page = (await shop.desk.read("/looks", words=words, actor=AUDITOR)).json()
        return {one["actor"] for one in page["items"] if one["type"] == "register-searched"}

    assert await who("13900000000") == {"000", "0 王"}
    assert await who("王") == {"0 王"}
    assert await who("13900000000 王") == {"0 王"}
    assert await who("13900000002") == set()


async def test_looks_elsewhere_are_for_those_who_answer_for_that(shop: Shop) -> None:
    await shop.read()
    for place, expected in (("d/s1", 1), ("d/s2", 0)):
        actor = {**AUDITOR, "territory": place}
        page = (await shop.desk.read("/looks", actor=actor)).json()
        assert sum(one["type"] == "case-opened" for one in page["items"]) == expected
    outside = {**AUDITOR, "territory": "d/s2"}
    refused(await shop.desk.read("/looks", actor=outside, territory="d/s1"), 403)


async def test_whoever_says_why_sees_the_contact_once_and_the_reason_is_sealed(
    shop: Shop,
) -> None:
    elsewhere = {**CHIEF, "sub": "chief-9", "territory": "d/s2"}
    refused(await shop.read(actor=elsewhere), 404)
    view = (await shop.glass(**elsewhere)).json()
    told = {name: text for line in view["history"] for name, text in line["data"].items()}
    assert told["phone"] == OWN["phone"]
    assert (view["withheld"], view["steps"]) == ([], [])
    refused(await shop.read(actor=elsewhere), 404)
    [broken] = await on_record(shop.service)
    assert WHY["reason"] not in str(broken)
    page = (await shop.desk.read("/looks", glass=True, actor=AUDITOR)).json()
    [line] = page["items"]
    assert (line["actor"], line["reason"], line["case"]) == (
        "chief-9", WHY["reason"], shop.case_id,
    )  # fmt: skip
    assert tuple(line["fields"]) == CONTACT


@pytest.mark.parametrize(
    "form", [{}, {"reason": "  太 短  "}, {"reason": "长" * 501}, {"why": "x" * 20}]
)
async def test_without_a_reason_nothing_is_shown(shop: Shop, form: dict[str, str]) -> None:
    refused(await shop.glass(form), 422)
    assert await on_record(shop.service) == []


async def test_a_key_opens_a_case_within_its_minute_only(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = fresh_key()
    first = await shop.glass(key=key)
    [broken] = await on_record(shop.service)
    monkeypatch.setattr(glass, "datetime", Clock(broken.recorded_at))
    again = await shop.glass(key=key)
    assert again.json()["history"] == first.json()["history"]
    refused(
        await shop.glass({"reason": WHY["reason"] + "再看。"}, key), 422, "idempotency_key_reused"
    )
    later = broken.recorded_at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    monkeypatch.setattr(glass, "datetime", Clock(later))
    refused(await shop.glass(key=key), 409, "glass_was_broken")
    assert await on_record(shop.service) == [broken]


async def test_of_whom_is_erased_no_reason_is_left_and_every_look_stays(shop: Shop) -> None:
    view = (await shop.glass()).json()
    sent = shop.desk.headers(**CHIEF)
    path = f"/persons/{view['petitioner']}/erasure"
    erased = await shop.desk.client.post(path, json={"reason": "own_request"}, headers=sent)
    assert erased.status_code == 200, erased.text
    page = (await shop.desk.read("/looks", glass=True, actor=AUDITOR)).json()
    assert [line["reason"] for line in page["items"]] == [None]
    refused(await shop.glass(), 409, "person_erased")
    answer = await shop.read()
    assert answer.status_code == 200, answer.text
    assert (await on_record(shop.service))[-1].event.fields == ()
