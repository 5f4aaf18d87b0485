"""What the description of an API (OpenAPI) says of its problems and of the headers of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

PROBLEM_JSON = "application/problem+json"
BEARER: Mapping[str, str] = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "RFC 9068 access token",
}

MEANINGS: Mapping[int, str] = {
    400: "The body is not JSON, or a header is missing or malformed",
    401: "No token, or none that is good",
    403: "Not for this actor",
    404: "Nothing there that this actor may see",
    408: "The body did not arrive in time",
    409: "Not in this state",
    412: "Changed since it was read; ETag holds the present version",
    413: "The body is too large",
    415: "The body is not declared as JSON",
    422: "Not as described, or the Idempotency-Key came with another request before",
    428: "If-Match is missing",
    429: "Too many of these at the moment: send it again after Retry-After",
    503: "Busy, or not yet known here: send the same request again after Retry-After",
}
_TEXT = {"type": "string"}
PROBLEM: Mapping[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457: what was wrong, where in the request, what to do. `code` is stable.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": _TEXT,
        "detail": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail", "pointer"],
                "properties": {"detail": _TEXT, "pointer": {**_TEXT, "format": "json-pointer"}},
            },
        },
    },
}
IDEMPOTENCY_KEY: Mapping[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Names the command, the same for every retry; quoted or not",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
IF_MATCH: Mapping[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The version that was read, as its ETag has it",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}


# The `openapi_extra=` of a route that anyone may ask: without a token; or with one, if they like.
OPEN: dict[str, Any] = {"security": [{}]}
OPEN_TO_ACTORS: dict[str, Any] = {"security": [{}, {"HTTPBearer": []}]}


def needs(*headers: Mapping[str, Any]) -> dict[str, Any]:
    """The `openapi_extra=` of a route that reads these headers itself."""
    return {"parameters": list(headers)}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that may answer with these problems."""
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": MEANINGS[status], "content": content} for status in statuses}


def describe(app: FastAPI) -> None:
    """Put the schema of a problem, and the token every route needs, into the app's description."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        description = plain()
        parts = description.setdefault("components", {})
        parts.setdefault("schemas", {})["Problem"] = PROBLEM
        parts["securitySchemes"] = {"HTTPBearer": BEARER}
        description["security"] = [{"HTTPBearer": []}]
        return description

    app.openapi = openapi  # type: ignore[method-assign] # as FastAPI has it done
