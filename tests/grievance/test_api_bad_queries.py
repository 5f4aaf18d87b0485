"""Addresses and queries that nobody should ask: each gets a clear answer."""

from __future__ import annotations

import base64
from uuid import uuid4

import httpx
import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import FORMS, FrontDesk, Headers, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


def _mark(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


MARKS = (
    "", "?", "é", "A", "AAAA", "=" * 8, "%00", _mark("x"), _mark(f"2026-01-01T00:00:00 {uuid4()}"),
    _mark("2026-01-01T00:00:00Z no-uuid"), _mark(f"0001-01-01T00:00:00+14:00 {uuid4()}"),
    _mark(f"9999-12-31T23:59:59-14:00 {uuid4()}"), _mark(f"2026-13-01T00:00:00Z {uuid4()}"),
)  # fmt: skip
BAD_QUERIES = (
    ("limit", "0"), ("limit", "-1"), ("limit", "201"), ("limit", "ten"), ("limit", "1.5"),
    ("limit", ""), ("limit", "9" * 5000), ("state", "lost"), ("state", ""), ("type", "Repair"),
    ("channel", "pigeon"), ("unit", ""), ("unit", "u" * 201), ("unit", "a\x00b"),
    ("territory", ""), ("territory", "d\x00"), ("after", "x" * 201), ("min_position", "-1"),
    ("min_position", str(2**63)), ("min_position", "1e3"), ("page", "2"), ("Limit", "5"),
    ("limit[]", "5"),
)  # fmt: skip


async def test_a_bad_parameter_of_the_register_is_pointed_at(desk: FrontDesk) -> None:
    for name, value in BAD_QUERIES:
        problem = refused(await desk.read("/cases", **{name: value}), 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"], (name, value)


async def test_a_page_mark_that_is_none_is_refused(desk: FrontDesk) -> None:
    for mark in MARKS:
        answer = await desk.read("/cases", after=mark)
        assert pointers(refused(answer, 422, "bad_page_mark")) == ["/after"], mark


async def test_a_mark_at_the_edge_of_time_is_an_empty_or_a_full_page(
    desk: FrontDesk, service: Grievance
) -> None:
    await desk.file()
    await service.projector.drain()
    for moment, shown in (("0001-01-01T00:00:00Z", 0), ("9999-12-31T23:59:59.999999Z", 1)):
        page = await desk.register(after=_mark(f"{moment} {uuid4()}"))
        assert len(page["items"]) == shown


async def test_a_parameter_given_twice_is_refused_rather_than_guessed(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk
) -> None:
    filed = await desk.file()
    for address, name in (
        ("/cases?limit=1&limit=2", "limit"),
        ("/cases?territory=d/s1&territory=d/s2", "territory"),
        (f"/cases/{filed['id']}?as_of=2026-01-01T00:00:00Z&as_of=2027-01-01T00:00:00Z", "as_of"),
        ("/response-times?by=year&by=area", "by"),
    ):
        problem = refused(await client.get(address, headers=headers()), 422, "repeated_parameter")
        assert pointers(problem) == [f"/{name}"]


async def test_a_bad_moment_or_report_is_pointed_at(desk: FrontDesk) -> None:
    filed = await desk.file()
    case = f"/cases/{filed['id']}"
    for address, name, value in (
        (case, "as_of", "today"),
        (case, "as_of", "2026-01-01T00:00:00"),
        (case, "as_of", "2026-01-01T00:00:00 08:00"),  # a plus sign that was not escaped
        (case, "known_at", ""),
        (case, "known_at", "2026-02-30T00:00:00Z"),
        (case, "asof", "2026-01-01T00:00:00Z"),
        ("/response-times", "by", "month"),
        ("/response-times", "min_position", "9" * 40),
        ("/response-times", "year", "2026"),
    ):
        answer = await desk.read(address, **{name: value})
        assert pointers(refused(answer, 422, "invalid_request")) == [f"/{name}"], (name, value)


async def test_moments_at_the_edge_of_time_are_answered(desk: FrontDesk) -> None:
    filed = await desk.file()
    case = f"/cases/{filed['id']}"
    for name in ("as_of", "known_at"):
        for moment in ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"):
            refused(await desk.read(case, **{name: moment}), 404, "not_yet")
        for moment in ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999Z"):
            assert (await desk.read(case, **{name: moment})).status_code == 200


async def test_addresses_without_an_id_are_refused(
    client: httpx.AsyncClient, headers: Headers
) -> None:
    for word in ("x", "1", "0" * 33, "..%2f..", "%00", "%ff", "'; drop table event; --", "🏮"):
        answer = await client.get(f"/cases/{word}", headers=headers())
        assert answer.status_code in (404, 422), word
        refused(answer, answer.status_code)
        for verb in ("accept", "erasure"):
            answer = await client.post(f"/cases/{word}/{verb}", json={}, headers=headers(version=1))
            refused(answer, answer.status_code)
            assert answer.status_code in (404, 422), word
    for verb in ("raise", "ACCEPT", "accept/", "delete"):
        answer = await client.post(
            f"/cases/{uuid4()}/{verb}", json=FORMS["accept"], headers=headers(version=1)
        )
        assert answer.status_code in (307, 404, 405), verb
