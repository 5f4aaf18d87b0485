"""Corrections that nobody should send: refused with a pointer, and no read model trips over one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import PETITION, FrontDesk, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
# The event that is corrected, the change, the code and what of `changes` is pointed at.
BAD: tuple[tuple[int, dict[str, Any], str, str], ...] = (
    (1, {"category": "a\x00b"}, "invalid_request", "/category"),
    (1, {"category": "\ud800"}, "invalid_request", "/category"),
    (1, {"category": ""}, "invalid_request", "/category"),
    (1, {"category": "x" * 201}, "invalid_request", "/category"),
    (1, {"category": ["a"]}, "invalid_request", "/category"),
    (1, {"category": 1.5}, "invalid_request", "/category"),
    (1, {"category": 10**400}, "bad_value", "/category"),
    (1, {"area": None}, "bad_value", "/area"),
    (1, {"territory": ""}, "invalid_request", "/territory"),
    (1, {"territory": "  "}, "invalid_request", "/territory"),
    (1, {"territory": None}, "bad_value", "/territory"),
    (1, {"territory": 5}, "unknown_territory", "/territory"),
    (1, {"territory": "d/nowhere"}, "unknown_territory", "/territory"),
    (1, {"channel": "pigeon"}, "bad_value", "/channel"),
    (1, {"urgency": True}, "bad_value", "/urgency"),
    (1, {"occurred_at": "yesterday"}, "invalid_request", "/occurred_at"),
    (1, {"occurred_at": "2026-01-01T00:00:00"}, "invalid_request", "/occurred_at"),
    (1, {"occurred_at": "0001-01-01T00:00:00Z"}, "invalid_request", "/occurred_at"),
    (1, {"occurred_at": "0001-01-01T00:00:00+14:00"}, "invalid_request", "/occurred_at"),
    (1, {"occurred_at": "9999-12-31T23:59:59-14:00"}, "invalid_request", "/occurred_at"),
    (1, {"occurred_at": "2150-01-01T00:00:00Z"}, "occurs_in_the_future", "/occurred_at"),
    (1, {"occurred_at": None}, "bad_value", "/occurred_at"),
    (1, {"status": "closed"}, "not_correctable", "/status"),
    (1, {"subject": "x"}, "not_correctable", "/subject"),
    (1, {"a/b~c": "x"}, "invalid_request", "/a~1b~0c"),
    (1, {"": "x"}, "invalid_request", "/"),
    (1, {"\x00": "x"}, "invalid_request", "/\x00"),
    (1, {}, "nothing_to_correct", ""),
    (1, {f"field_{chr(97 + n)}": "x" for n in range(21)}, "invalid_request", ""),
    (2, {"unit": "parks"}, "not_correctable", "/unit"),
    (3, {"unit": ""}, "invalid_request", "/unit"),
    (3, {"unit": 7}, "bad_value", "/unit"),
)


async def test_a_bad_change_is_pointed_at_and_nothing_is_written(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], "accept", "dispatch")
    for corrects, changes, code, where in BAD:
        body = json.dumps({"corrects": corrects, "changes": changes, "reason": "entry_error"})
        sent = desk.headers(version=3) | {"content-type": "application/json"}
        answer = await desk.client.post(f"/cases/{filed['id']}/correct", content=body, headers=sent)
        assert pointers(refused(answer, 422, code)) == [f"/changes{where}"], (changes, answer.text)
    assert await service.head() == 3


async def test_an_event_that_cannot_be_meant_is_pointed_at(desk: FrontDesk) -> None:
    filed = await desk.file()
    await desk.correct(filed["id"], 1, 1, {"category": "照明"})
    for corrects, code in (
        (0, "invalid_request"), (-1, "invalid_request"), (10**7, "invalid_request"),
        (10**400, "invalid_request"), (1.5, "invalid_request"), ("one", "invalid_request"),
        (None, "invalid_request"), (3, "no_such_event"), (2, "not_correctable"),
    ):  # fmt: skip
        form = {"corrects": corrects, "changes": {"category": "x"}, "reason": "entry_error"}
        answer = await desk.step(filed["id"], "correct", 2, form=form)
        assert pointers(refused(answer, 422, code)) == ["/corrects"], corrects


async def test_whatever_was_taken_the_read_models_can_hold(
    desk: FrontDesk, service: Grievance
) -> None:
    long_ago = "1900-01-01T00:00:00+00:00"
    early: dict[str, Any] = {"occurred_at": long_ago, "late_reason": "paper_form"}
    filed = await desk.file(**early, subject="\N{REPLACEMENT CHARACTER}\uffff\U0010ffff")
    wide = {"category": "x" * 200, "area": "\U0010ffff\u2028x", "territory": "d"}
    assert (await desk.correct(filed["id"], 1, 1, wide)).status_code == 200
    late = {"occurred_at": "1900-01-01T00:00:00-12:00", "urgency": "critical"}
    assert (await desk.correct(filed["id"], 3, 1, late)).status_code == 200
    await service.projector.drain()
    [line] = (await desk.register(territory="d"))["items"]
    assert line == (await desk.read(f"/cases/{filed['id']}")).json()["case"]
    assert line["raised_at"] == "1900-01-01T12:00:00+00:00"
    assert (line["area"], line["category"]) == ("\U0010ffff\u2028x", "x" * 200)
    assert PETITION["territory"] != line["territory"] == "d"
