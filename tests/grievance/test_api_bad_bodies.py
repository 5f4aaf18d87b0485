"""Bodies that nobody should send: each gets a clear answer, none changes anything."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import PETITION, FrontDesk, Headers, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NOW = datetime.now(UTC)
UNREADABLE = (
    b"{", b"nope", b"{'a': 1}", b"\xff\xfe", b'{"a": "\xff"}', b"[" * 100_000,
    b'{"a":' * 100_000, b'{"a": ' + b"1" * 5000 + b"}", b'{"a": 1} trailing', b"\x00",
    b'{"a": "\n"}',
)  # fmt: skip
NOT_FORMS = (b"", b"null", b"[]", b"1", b'"text"', b"true", b"NaN", b"[[[]]]", b"-Infinity", b"{}")
# What is put in place of a good value, and where the problem points.
BAD_VALUES: tuple[tuple[str, Any], ...] = (
    ("subject", ""), ("subject", "   "), ("subject", None), ("subject", 5), ("subject", ["a"]),
    ("subject", {"a": 1}), ("subject", "x" * 501), ("subject", "a\x00b"), ("subject", "a\ud800b"),
    ("subject", "\udfff"), ("subject", "\x1b[31m"), ("subject", "\x7f"), ("subject", float("nan")),
    ("details", "字" * 100_001), ("details", ""), ("details", True), ("details", 10**400),
    ("territory", ""), ("territory", "x" * 201), ("territory", "d\x00"), ("territory", 1),
    ("channel", "pigeon"), ("channel", ""), ("channel", None), ("case_type", "Repair"),
    ("urgency", "now"), ("category", ""), ("name", "n" * 201), ("phone", "call me"),
    ("phone", "1" * 31),
    ("email", "call me"), ("email", "a@b.example,c@d.example"),
    ("phone", "139\n0000"), ("phone", "١٢٣٤"), ("address", "a" * 501),
    ("person", "not-a-uuid"), ("person", 5), ("late_reason", ""), ("late_reason", "\ud800"),
    ("occurred_at", "yesterday"), ("occurred_at", ""), ("occurred_at", "2026-02-30T00:00:00Z"),
    ("occurred_at", "2026-01-01T00:00:00"), ("occurred_at", "2026-01-01"),
    ("occurred_at", "0001-01-01T00:00:00Z"), ("occurred_at", "0001-01-01T00:00:00+14:00"),
    ("occurred_at", "9999-12-31T23:59:59-14:00"), ("occurred_at", "9999-12-31T23:59:59Z"),
    ("occurred_at", "1899-12-31T23:59:59Z"), ("occurred_at", 1e300), ("occurred_at", -(10**30)),
    ("occurred_at", "2026-01-01T00:00:00+99:00"), ("occurred_at", float("inf")),
)  # fmt: skip


async def test_what_is_not_json_is_refused(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    for body in UNREADABLE:
        sent = headers() | {"content-type": "application/json"}
        answer = await client.post("/cases", content=body, headers=sent)
        refused(answer, 400, "malformed_body")
    for body in NOT_FORMS:
        sent = headers() | {"content-type": "application/json"}
        answer = await client.post("/cases", content=body, headers=sent)
        refused(answer, 422, "invalid_request")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        sent = headers() | {"content-type": kind}
        answer = await client.post("/cases", content=json.dumps(PETITION), headers=sent)
        refused(answer, 415, "not_json")
    assert await service.head() == 0


async def test_a_bad_value_is_pointed_at(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    for name, value in BAD_VALUES:
        body = json.dumps({**PETITION, "late_reason": "paper_form", name: value})
        sent = headers() | {"content-type": "application/json"}
        answer = await client.post("/cases", content=body, headers=sent)
        problem = refused(answer, 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"], (name, value)
    assert await service.head() == 0


async def test_a_name_that_is_not_text_is_refused(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    for name in ("\ud800", "a\udfffb", "\x00"):
        sent = headers() | {"content-type": "application/json"}
        body = json.dumps({**PETITION, name: 1})
        refused(await client.post("/cases", content=body, headers=sent), 422, "invalid_request")
    assert await service.head() == 0


async def test_text_up_to_its_limit_is_kept_as_it_was(desk: FrontDesk) -> None:
    details = "字" * 99_990 + "\t\n🏮e\u0301\u200b"
    filed = await desk.file(details=details, subject="x" * 500)
    view = (await desk.read(f"/cases/{filed['id']}")).json()
    assert view["history"][0]["data"]["details"] == details


async def test_rules_point_at_the_field_too(
    client: httpx.AsyncClient, headers: Headers, service: Grievance
) -> None:
    past, future = (NOW + timedelta(days=days) for days in (-3, 1))
    for changes, code, pointer in (
        ({"territory": "d/s9"}, "unknown_territory", "/territory"),
        ({"territory": "D"}, "unknown_territory", "/territory"),
        ({"territory": "d/%"}, "unknown_territory", "/territory"),
        ({"occurred_at": past.isoformat()}, "late_entry_needs_reason", "/late_reason"),
        ({"occurred_at": future.isoformat()}, "occurs_in_the_future", "/occurred_at"),
        (
            {"occurred_at": future.isoformat(), "late_reason": "paper_form"},
            "occurs_in_the_future",
            "/occurred_at",
        ),
    ):
        answer = await client.post("/cases", json={**PETITION, **changes}, headers=headers())
        assert pointers(refused(answer, 422, code)) == [pointer]
    assert await service.head() == 0


async def test_a_late_entry_happened_when_it_happened_in_any_zone(desk: FrontDesk) -> None:
    filed = await desk.file(
        occurred_at="2026-01-01T08:00:00.123456+08:00", late_reason="paper_form"
    )
    view = (await desk.read(f"/cases/{filed['id']}")).json()
    assert view["case"]["raised_at"] == "2026-01-01T00:00:00.123456+00:00"
    assert view["history"][0]["data"]["late_reason"] == "paper_form"
