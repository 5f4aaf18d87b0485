"""The smallest form that a route takes, made of what the API says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.volunteer.rules.book_2026_1 import BOOK
from tests.volunteer.bank import BEN, DAY

# What a pattern asks for, and what no schema can say.
SAID: Mapping[str, Any] = {
    "month": "2026-01", "period": "2026-Q1", "rules": BOOK, "territory": "sanwan",
    "ends": "2030-01-01T02:00:00Z",
}  # fmt: skip
FORMATS = {"uuid": str(BEN), "date": DAY, "date-time": "2030-01-01T00:00:00Z"}


def form_of(told: Mapping[str, Any], described: Mapping[str, Any]) -> Any:
    """What the operation `told` must be sent at least, of an API so `described`; None: a file."""
    content = told.get("requestBody", {}).get("content", {})
    if not content:
        return {}
    if "application/json" not in content:
        return None
    return _value(content["application/json"]["schema"], described["components"]["schemas"])


def _value(schema: Mapping[str, Any], named: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        return _value(named[schema["$ref"].rsplit("/", 1)[-1]], named)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return _value(schema[word][0], named)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    return _of_kind(schema, named)


def _of_kind(schema: Mapping[str, Any], named: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            parts = schema.get("properties", {})
            return {one: _part(one, parts[one], named) for one in schema.get("required", ())}
        case "array":
            return [_value(schema["items"], named)] * schema.get("minItems", 0)
        case "integer":
            return max(1, int(schema.get("minimum", 1)))
        case "boolean":
            return True
        case _:
            return FORMATS.get(schema.get("format", ""), "x" * schema.get("minLength", 1))


def _part(name: str, schema: Mapping[str, Any], named: Mapping[str, Any]) -> Any:
    said = SAID.get(name)
    if said is BOOK:
        return BOOK.model_dump(mode="json")
    return said or _value(schema, named)
