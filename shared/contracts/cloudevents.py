"""CloudEvents 1.0: binary mode for topics, structured JSON for the feed.

Attributes of the specification: `id` (the position in the log), `source` (`/linli/<log>/<epoch>`;
source and id together name one event for ever), `type` (`linli.<log>.<event type>`), `subject` (the
stream), `time` (when it happened). Extensions: `previous` (the position sent before it to the same
partition), `sequence` (the version in its stream, ten digits), `schemaversion`, `territory`,
`authid` (the actor), `commandid`, `correlationid`, `causationid`, `origin`, `recordedtime`.
A heartbeat has the type `linli.<log>.heartbeat`, the position of the log's head as its id, no
subject and no data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from shared.contracts.sent import Garbled, Message, Sent

Headers = list[tuple[str, bytes]]

HEARTBEAT = "heartbeat"
JSON = b"application/json"
PREFIX = "ce_"


def headers(message: Message) -> Headers:
    """The record's headers in binary mode; its key is the subject, its value the payload."""
    sent = message.sent
    told: Headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", b"%d" % message.position),
        ("ce_source", _source(message.log, message.epoch).encode()),
        ("ce_previous", b"%d" % message.previous),
    ]
    if sent is None:
        told.append(("ce_type", f"linli.{message.log}.{HEARTBEAT}".encode()))
        told.append(("ce_recordedtime", message.at.isoformat().encode()))
        return told
    told += [
        ("ce_type", f"linli.{message.log}.{sent.type}".encode()),
        ("ce_recordedtime", sent.recorded_at.isoformat().encode()),
        ("ce_time", sent.occurred_at.isoformat().encode()),
        ("ce_subject", str(sent.stream_id).encode()),
        ("ce_sequence", b"%010d" % sent.version),
        ("ce_schemaversion", b"%d" % sent.schema_version),
        ("ce_territory", sent.territory.encode()),
        ("ce_authid", sent.actor.encode()),
        ("ce_commandid", str(sent.command_id).encode()),
        ("ce_correlationid", str(sent.correlation_id).encode()),
        ("ce_origin", sent.origin.encode()),
        ("content-type", JSON),
    ]
    if sent.causation_id is not None:
        told.append(("ce_causationid", str(sent.causation_id).encode()))
    return told


def read_record(pairs: Iterable[tuple[str, bytes | None]], value: bytes | None) -> Message:
    """The message of a record in binary mode. Raises Garbled; the payload is not looked at."""
    try:
        told = {name[3:]: text.decode() for name, text in pairs if name.startswith(PREFIX) and text}
        return _message(told, value or b"")
    except (KeyError, ValueError) as fault:
        raise Garbled(f"the envelope cannot be read: {type(fault).__name__}") from fault


def line(sent: Sent, log: str, epoch: int) -> bytes:
    """The event in structured mode, on one line."""
    told = {
        "specversion": "1.0",
        "id": str(sent.position),
        "source": _source(log, epoch),
        "type": f"linli.{log}.{sent.type}",
        "time": sent.occurred_at,
        "subject": str(sent.stream_id),
        "sequence": f"{sent.version:010d}",
        "schemaversion": sent.schema_version,
        "territory": sent.territory,
        "authid": sent.actor,
        "commandid": str(sent.command_id),
        "correlationid": str(sent.correlation_id),
        "origin": sent.origin,
        "recordedtime": sent.recorded_at,
        "datacontenttype": "application/json",
        "data": orjson.Fragment(sent.payload),
    }
    if sent.causation_id is not None:
        told["causationid"] = str(sent.causation_id)
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def read_line(told: Mapping[str, Any]) -> Sent:
    """The event of a parsed line. Raises Garbled."""
    try:
        return _sent(told, orjson.dumps(told["data"]))
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise Garbled(f"the line cannot be read: {type(fault).__name__}") from fault


def _message(told: Mapping[str, str], payload: bytes) -> Message:
    if told["specversion"] != "1.0":
        raise ValueError("specversion")
    log, epoch = _read_source(told["source"])
    sent = None if _type(told["type"]) == HEARTBEAT else _sent(told, payload)
    at = datetime.fromisoformat(told["recordedtime"]) if sent is None else sent.recorded_at
    _aware(at)
    return Message(log, epoch, int(told["id"]), int(told["previous"]), at, sent)


def _sent(told: Mapping[str, Any], payload: bytes) -> Sent:
    causation = told.get("causationid")
    return Sent(
        position=int(told["id"]),
        stream_id=UUID(told["subject"]),
        version=int(told["sequence"]),
        type=_type(told["type"]),
        schema_version=int(told["schemaversion"]),
        territory=told.get("territory", ""),
        actor=told["authid"],
        command_id=UUID(told["commandid"]),
        correlation_id=UUID(told["correlationid"]),
        causation_id=UUID(causation) if causation else None,
        origin=told["origin"],
        occurred_at=_aware(datetime.fromisoformat(told["time"])),
        recorded_at=_aware(datetime.fromisoformat(told["recordedtime"])),
        payload=payload,
    )


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    return moment


@lru_cache
def _source(log: str, epoch: int) -> str:
    return f"/linli/{log}/{epoch}"


@lru_cache
def _read_source(source: str) -> tuple[str, int]:
    root, linli, log, epoch = source.split("/")
    if (root, linli) != ("", "linli"):
        raise ValueError("source")
    return log, int(epoch)


@lru_cache(maxsize=1024)
def _type(name: str) -> str:
    linli, _, type_ = name.split(".", 2)
    if linli != "linli":
        raise ValueError("type")
    return type_
