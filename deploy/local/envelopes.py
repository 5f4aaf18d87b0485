"""Records of a topic as AsyncAPI describes them: the headers of a CloudEvent, key and payload."""

from collections.abc import Iterator
from typing import Any

from shared.contracts.cloudevents import HEARTBEAT
from shared.contracts.sent import UNPUBLISHABLE
from shared.contracts.source import Source
from shared.core.messages import Event

Schema = dict[str, Any]

KAFKA = {"bindingVersion": "0.5.0"}
COLUMNS = ("type", "at")  # of every event: they travel as headers
BEAT = "Sent to every partition each second: all up to `ce_id` has been sent. No key, no value."
MARKER = (
    "Stands in the place of an event that its service could not publish: what follows on the same "
    "stream has to wait."
)


def text(description: str, **about: Any) -> Schema:
    """A string with this meaning."""
    return {"type": "string", "description": description, **about}


OF_ALL: Schema = {
    "ce_specversion": {"type": "string", "const": "1.0"},
    "ce_id": text("Position in the log", pattern="^[0-9]+$"),
    "ce_previous": text("Position sent before to this partition; 0 for none", pattern="^[0-9]+$"),
    "ce_recordedtime": text(
        "When the log learnt of it; of a heartbeat: up to when the log is known", format="date-time"
    ),
}
OF_EVENTS: Schema = {
    "ce_time": text("When it happened", format="date-time"),
    "ce_subject": text("The stream", format="uuid"),
    "ce_sequence": text("Version in the stream", pattern="^[0-9]{10}$"),
    "ce_schemaversion": text("Version of the payload's shape", pattern="^[1-9][0-9]*$"),
    "ce_territory": text("Code of the territory it belongs to; may be empty"),
    "ce_authid": text("The actor"),
    "ce_commandid": text("The command that brought it about", format="uuid"),
    "ce_correlationid": text("What all of one undertaking share", format="uuid"),
    "ce_causationid": text("The event that brought the command about, if one did", format="uuid"),
    "ce_origin": text("What is history causes nothing", enum=["live", "history"]),
    "content-type": {"type": "string", "const": "application/json"},
}
OPTIONAL = {"ce_causationid"}


def headers() -> Schema:
    """The schemas that the headers of messages refer to."""
    every = {"type": "object", "required": sorted(OF_ALL), "properties": OF_ALL}
    event = {
        "type": "object",
        "required": sorted(OF_EVENTS.keys() - OPTIONAL),
        "properties": OF_EVENTS,
        "allOf": [{"$ref": "#/components/schemas/OfEveryRecord"}],
    }
    return {"OfEveryRecord": every, "OfEveryEvent": event}


def messages(source: Source) -> Iterator[tuple[str, Schema]]:
    """Everything a record of this topic can be, by its type."""
    for type_, cls in source.events.classes.items():
        shape = {"ce_schemaversion": {"type": "string", "const": str(cls.schema_version)}}
        told = _event(source, type_, cls.__doc__ or "", shape)
        yield type_, told | {"payload": _payload(cls)}
    empty = {"payload": {"type": "object", "maxProperties": 0}}
    yield UNPUBLISHABLE, _event(source, UNPUBLISHABLE, MARKER, {}) | empty
    yield HEARTBEAT, _record(source, HEARTBEAT, BEAT, "OfEveryRecord", {})


def _event(source: Source, type_: str, meaning: str, also: Schema) -> Schema:
    key = text("The stream, as `ce_subject`", format="uuid")
    return {
        **_record(source, type_, meaning, "OfEveryEvent", also),
        "contentType": "application/json",
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "bindings": {"kafka": {"key": key, **KAFKA}},
    }


def _record(source: Source, type_: str, meaning: str, schema: str, also: Schema) -> Schema:
    name = f"linli.{source.log}.{type_}"
    named: Schema = {
        "ce_type": {"type": "string", "const": name},
        "ce_source": text("The log and its epoch", pattern=f"^/linli/{source.log}/[1-9][0-9]*$"),
        **also,
    }
    return {
        "name": name,
        "title": type_,
        "description": meaning,
        "headers": {
            "type": "object",
            "required": ["ce_type", "ce_source"],
            "properties": named,
            "allOf": [{"$ref": f"#/components/schemas/{schema}"}],
        },
    }


def _payload(cls: type[Event]) -> Schema:
    schema = cls.model_json_schema()
    schema = _inlined(schema, schema.pop("$defs", {}))
    properties = {k: v for k, v in schema["properties"].items() if k not in COLUMNS}
    required = [name for name in schema.get("required", ()) if name not in COLUMNS]
    return {**schema, "properties": properties, "required": required}


def _inlined(part: Any, parts: Schema) -> Any:
    """With every part that is referred to in its place: a payload is read on its own."""
    if isinstance(part, list):
        return [_inlined(one, parts) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _inlined(parts[part["$ref"].rpartition("/")[2]], parts)
    return {name: _inlined(one, parts) for name, one in part.items()}
