"""How a stored payload becomes an event: every field checked, whichever way it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from pydantic import ValidationError
from pydantic_core import SchemaValidator, core_schema

from shared.core.messages import Event

Payload = dict[str, Any]
Build = Callable[[Payload], Any]
Reader = Callable[[bytes, datetime], Any]


def fields_read(build: Build) -> Reader:
    """Reads by way of a dictionary: what an upcaster needs, and what says best what is wrong."""

    def read(payload: bytes, at: datetime) -> Any:
        fields = orjson.loads(payload)
        fields["at"] = at
        return build(fields)

    return read


def straight(cls: type[Event]) -> Reader:
    """Reads today's shape from its bytes, at half the price of a dictionary between.

    `at` is a column of the log, not part of the payload: it is put in as it is. Whatever cannot be
    read so is read by `fields_read`, which raises what there is to raise.
    """
    slow = fields_read(cls.__pydantic_validator__.validate_python)
    lean = _without_at(cls)
    if lean is None:
        return slow

    def read(payload: bytes, at: datetime) -> Any:
        try:
            event = lean(payload)
        except ValidationError:
            return slow(payload, at)
        if at.tzinfo is None:
            return slow(payload, at)
        event.__dict__["at"] = at  # nobody else has seen the event yet
        event.__pydantic_fields_set__.add("at")
        return event

    return read


def _without_at(cls: type[Event]) -> Callable[[bytes], Any] | None:
    """A validator of the payload alone; None for a class that looks at more than its fields."""
    schema: Any = cls.__pydantic_core_schema__
    own = schema["schema"] if schema["type"] == "definitions" else schema
    if own["type"] != "model" or "post_init" in own or own["schema"]["type"] != "model-fields":
        return None
    fields = own["schema"]["fields"]
    if fields["at"]["schema"]["type"] != "datetime":
        return None
    absent = core_schema.with_default_schema(core_schema.none_schema(), default=None)
    changed = {**fields, "at": core_schema.model_field(absent)}
    lean = {**own, "schema": {**own["schema"], "fields": changed}}
    whole = {**schema, "schema": lean} if own is not schema else lean
    try:  # the class's own validator would be taken in place of this one
        return SchemaValidator(whole, _use_prebuilt=False).validate_json
    except TypeError:  # a pydantic that has no such argument
        return None
