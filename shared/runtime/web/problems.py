"""Every refusal over HTTP as RFC 9457 problem details: what was wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import asyncpg
import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared.core.messages import Forbidden, Rejected
from shared.ops import metrics
from shared.runtime.commands.grouped import Closed, Overloaded
from shared.runtime.commands.submission import Contended, KeyReused, VersionChanged
from shared.runtime.web.documented import PROBLEM_JSON, describe
from shared.runtime.web.tokens import BadToken
from shared.store.held import Unavailable
from shared.store.key_store import Erased
from shared.store.pool import TRANSIENT

BUSY = {"retry-after": "1"}
SHOWN = 20
LONGEST_NAME = 200

log = structlog.get_logger()


class Problem(Exception):
    """An answer that is not a success. `code` is stable; `errors` point into the request."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers

    def response(self) -> Response:
        """The problem as the client sees it."""
        body: dict[str, Any] = {
            "type": f"urn:linli:problem:{self.code}",
            "title": self.code.replace("_", " "),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = list(self.errors)
        return Response(
            orjson.dumps(body),
            self.status,
            media_type=PROBLEM_JSON,
            headers=dict(self.headers or {}),
        )


def of(fault: Exception) -> Problem:
    """The problem that a known fault is to its client; 500 for an unknown one."""
    for kind, make in KNOWN.items():
        if isinstance(fault, kind):
            return make(fault)
    log.error("http.failed", exc_info=fault)
    return Problem(
        500, "internal_error", "something broke here; the same request may be sent again"
    )


def _rejected(fault: Any) -> Problem:
    metrics.REJECTIONS.labels(fault.code).inc()
    errors = [{"detail": fault.detail, "pointer": f"/{fault.field}"}] if fault.field else []
    status = 403 if isinstance(fault, Forbidden) else 422 if fault.field else 409
    return Problem(status, fault.code, fault.detail or fault.code, errors=errors)


def _invalid(fault: Any) -> Problem:
    found = fault.errors()
    if found[0]["type"] == "json_invalid":
        where = f"{found[0]['ctx']['error']} at character {found[0]['loc'][-1]}"
        return Problem(400, "malformed_body", f"the body is not JSON: {where}")
    if isinstance(fault.body, bytes):
        return Problem(415, "not_json", "send JSON, with content-type: application/json")
    errors = [
        {"detail": error["msg"].removeprefix("Value error, "), "pointer": pointer(error["loc"][1:])}
        for error in found[:SHOWN]
    ]
    where = ", ".join(dict.fromkeys(error["pointer"] or "the body" for error in errors))
    return Problem(422, "invalid_request", f"not as described: {where}", errors=errors)


def pointer(place: Sequence[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a place; a name too long to repeat ends it early."""
    told = ""
    for part in place:
        name = str(part).encode(errors="backslashreplace").decode()
        if name == "[key]" or len(name) > LONGEST_NAME:  # pydantic's mark for the name itself
            break
        told += "/" + name.replace("~", "~0").replace("/", "~1")
    return told


def _http(fault: Any) -> Problem:
    code, detail = HTTP.get(fault.status_code, ("refused", ""))
    return Problem(fault.status_code, code, detail or str(fault.detail), headers=fault.headers)


def _unavailable(_: Any) -> Problem:
    detail = "the store cannot be reached; send the same request again"
    return Problem(503, "unavailable", detail, headers=BUSY)


def _busy(_: Any) -> Problem:
    return Problem(503, "busy", "too much is waiting; send the same request again", headers=BUSY)


def _changed(fault: Any) -> Problem:
    detail = f"it has changed since you read it and is now at version {fault.version}; read again"
    return Problem(412, "version_changed", detail, headers={"etag": f'"{fault.version}"'})


HTTP = {
    400: ("malformed_body", "the body cannot be read as JSON in UTF-8"),
    404: ("not_found", "there is nothing at this address"),
    405: ("method_not_allowed", "this address answers the methods in Allow"),
    413: ("body_too_large", ""),
}
KNOWN: Mapping[type[Exception] | tuple[type[Exception], ...], Callable[[Any], Problem]] = {
    Problem: lambda fault: fault,
    Rejected: _rejected,
    RequestValidationError: _invalid,
    HTTPException: _http,
    BadToken: lambda fault: Problem(
        401, "unauthenticated", str(fault), headers={"www-authenticate": "Bearer"}
    ),
    VersionChanged: _changed,
    KeyReused: lambda _: Problem(
        422, "idempotency_key_reused", "this Idempotency-Key came with another request before"
    ),
    Erased: lambda _: Problem(409, "person_erased", "this person was erased; use a new person"),
    (Overloaded, Closed, Contended): _busy,
    (Unavailable, *TRANSIENT): _unavailable,
    (asyncpg.InsufficientResourcesError, asyncpg.OperatorInterventionError): _unavailable,
}


def install(app: FastAPI) -> None:
    """Make the framework's own refusals problems; the Guard does it for every other fault."""

    async def answer(_: Request, fault: Exception) -> Response:
        return of(fault).response()

    for kind in (RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)
    describe(app)
