"""Every refusal is a problem: what was wrong, where, what to do."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest
from structlog.testing import capture_logs

from services.grievance.service import Grievance
from tests.grievance.front_desk import (
    PETITION,
    FrontDesk,
    Headers,
    fresh_key,
    pointers,
    refused,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LIMIT = 1_048_576


async def test_one_of_each(client: httpx.AsyncClient, headers: Headers, desk: FrontDesk) -> None:
    filed = await desk.file()
    case, used = f"/cases/{filed['id']}", fresh_key()
    await client.post("/cases", json=PETITION, headers=headers(key=used))
    other = {"json": {**PETITION, "name": "B"}, "headers": {"idempotency-key": used}}
    asked: list[tuple[int, str, str, str, dict[str, Any]]] = [
        (400, "malformed_body", "POST", "/cases", {"content": b"{"}),
        (400, "idempotency_key_missing", "POST", f"{case}/accept", _with("idempotency-key", "")),
        (400, "if_match_invalid", "POST", f"{case}/accept", _with("if-match", "x")),
        (401, "unauthenticated", "POST", f"{case}/accept", _with("authorization", "")),
        (403, "outside_territory", "GET", "/cases?territory=e", {}),
        (404, "no_such_case", "GET", f"/cases/{uuid4()}", {}),
        (404, "not_found", "GET", "/nowhere", {}),
        (405, "method_not_allowed", "DELETE", case, {}),
        (409, "case_is_filed", "POST", f"{case}/close", {"json": {"outcome": "solved"}}),
        (412, "version_changed", "POST", f"{case}/accept", _with("if-match", '"7"')),
        (413, "body_too_large", "POST", "/cases", {"content": b" " * (LIMIT + 1)}),
        (415, "not_json", "POST", "/cases", {"content": b"{}", **_with("content-type", "x/y")}),
        (422, "invalid_request", "POST", f"{case}/close", {"json": {"outcome": "?"}}),
        (422, "idempotency_key_reused", "POST", "/cases", other),
    ]
    for status, code, method, address, about in asked:
        sent = headers(version=1) | {"content-type": "application/json"} | about.pop("headers", {})
        body = about or ({"json": {}} if method == "POST" else {})
        refused(await client.request(method, address, **body, headers=sent), status, code)
    unread = await client.post(f"{case}/accept", json={}, headers=headers())
    refused(unread, 428, "if_match_missing")


def _with(name: str, value: str) -> dict[str, Any]:
    return {"headers": {name: value}}


async def test_what_a_client_needs_to_go_on_is_in_the_headers(
    client: httpx.AsyncClient, headers: Headers, desk: FrontDesk
) -> None:
    filed = await desk.file()
    unknown = await client.get("/cases")
    assert unknown.headers["www-authenticate"] == "Bearer"
    wrong = await client.delete(f"/cases/{filed['id']}", headers=headers())
    assert wrong.headers["allow"] == "GET"
    for answer in (unknown, wrong, await client.get("/cases", headers=headers())):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_body_of_exactly_the_limit_is_read(
    client: httpx.AsyncClient, headers: Headers
) -> None:
    sent = headers() | {"content-type": "application/json"}
    answer = await client.post("/cases", content=b" " * (LIMIT - 2) + b"{}", headers=sent)
    assert pointers(refused(answer, 422)) == ["/territory", "/subject", "/details"]


async def test_pointers_name_any_field_and_are_few_and_short(
    client: httpx.AsyncClient, headers: Headers
) -> None:
    for name, pointer in (
        ("a/b~c", "/a~1b~0c"), ("", "/"), ("路", "/路"), (" ", "/ "), ("[key]x", "/[key]x"),
        ("x" * 5000, ""), ("\N{NULL}", "/\N{NULL}"),
    ):  # fmt: skip
        answer = await client.post("/cases", json={**PETITION, name: 1}, headers=headers())
        assert pointers(refused(answer, 422, "invalid_request")) == [pointer]
    many = {f"extra{n}": 1 for n in range(20_000)}
    answer = await client.post("/cases", json=many, headers=headers())
    assert len(pointers(refused(answer, 422))) == 20
    assert len(answer.content) < 10_000


async def test_a_fault_reaches_the_client_as_a_problem_and_the_server_not_at_all(
    running: Any, headers: Headers, service: Grievance, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret words of a petitioner")

    monkeypatch.setattr(service.archive, "case", broken)
    strict = httpx.ASGITransport(app=running, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=strict, base_url="http://linli") as client:
        with capture_logs() as said:
            answer = await client.get(f"/cases/{uuid4()}", headers=headers())
        assert "secret" not in str(refused(answer, 500, "internal_error"))
        assert [line["event"] for line in said] == ["http.failed"]
        refused(await client.get("/cases"), 401)
        refused(await client.get("/cases?territory=e", headers=headers()), 403)
