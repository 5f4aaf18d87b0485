"""CloudEvents 1.0, read again: records in binary mode, lines of the feed in structured JSON."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson
from asyncpg.pgproto.pgproto import UUID  # as rows have it: read at a sixth of the price

from shared.contracts.cloudevents import HEARTBEAT
from shared.contracts.sent import UNPUBLISHABLE, Garbled, Message, Sent

LARGEST, LARGEST_INT, LARGEST_SMALLINT = 2**63 - 1, 2**31 - 1, 2**15 - 1

# What an event must say, in the order of `_sent`; in a topic each name has the prefix `ce_`.
NAMES = (
    "id", "type", "time", "subject", "sequence", "schemaversion", "authid", "commandid",
    "correlationid", "origin", "recordedtime",
)  # fmt: skip
IN_RECORD: Callable[[Any], Sequence[Any]] = itemgetter(*(f"ce_{name}" for name in NAMES))
IN_LINE: Callable[[Any], Sequence[Any]] = itemgetter(*NAMES)


def read_record(
    pairs: Iterable[tuple[str, bytes | None]],
    value: bytes | None,
    known: Container[str] | None = None,
) -> Message:
    """The message of a record in binary mode. Raises Garbled; the payload is not looked at.

    Of a type that is not `known`, no more is read than its place: it says what a heartbeat says.
    """
    try:
        return _message(dict(pairs), value or b"", known)
    except (KeyError, ValueError, AttributeError, OverflowError) as fault:
        raise Garbled(f"the envelope cannot be read: {type(fault).__name__}") from fault


def read_line(told: Mapping[str, Any]) -> Sent:
    """The event of a parsed line. Raises Garbled."""
    try:
        payload = orjson.dumps(told["data"])
        return _sent(IN_LINE(told), told.get("territory", ""), told.get("causationid"), payload)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as fault:
        raise Garbled(f"the line cannot be read: {type(fault).__name__}") from fault


def _message(
    told: Mapping[str, bytes | None], payload: bytes, known: Container[str] | None
) -> Message:
    """Headers without a value are as good as none."""
    if told["ce_specversion"] != b"1.0":
        raise ValueError("specversion")
    log, epoch = _read_source(_text(told["ce_source"]))
    position = _number(_text(told["ce_id"]), LARGEST)
    previous = _number(_text(told["ce_previous"]), position)
    type_ = _type(_text(told["ce_type"]))
    if type_ != HEARTBEAT and previous == position:
        raise ValueError("an event before itself")
    if not _is_read(type_, known):
        at = _moment(_text(told["ce_recordedtime"]))
        return Message(log, epoch, position, previous, at, None)
    territory, cause = told.get("ce_territory") or b"", told.get("ce_causationid") or b""
    values = IN_RECORD(told)
    if not all(values):
        raise ValueError("a header without a value")
    texts = [value.decode() for value in values]
    sent = _sent(texts, territory.decode(), cause.decode(), payload)
    return Message(log, epoch, position, previous, sent.recorded_at, sent)


def _is_read(type_: str, known: Container[str] | None) -> bool:
    return type_ != HEARTBEAT and (known is None or type_ in known or type_ == UNPUBLISHABLE)


def _sent(values: Sequence[Any], territory: str, cause: str | None, payload: bytes) -> Sent:
    (
        position, type_, occurred, subject, sequence, schema_version, actor, command, correlation,
        origin, recorded,
    ) = values  # fmt: skip
    command_id = UUID(command)
    fields = (
        _number(position, LARGEST),
        UUID(subject),
        _version(sequence),
        *_shape(type_, schema_version),
        territory,
        actor,
        command_id,
        command_id if correlation == command else UUID(correlation),
        UUID(cause) if cause else None,
        origin,
        _moment(occurred),
        _moment(recorded),
        payload,
    )
    return tuple.__new__(Sent, fields)


def _text(value: bytes | None) -> str:
    if not value:
        raise ValueError("a header without a value")
    return value.decode()


def _number(text: str | int, largest: int, *, least: int = 0) -> int:
    """A number that its column can hold."""
    number = int(text)
    if not least <= number <= largest:
        raise ValueError("a number out of range")
    return number


@lru_cache(maxsize=4_096)
def _version(text: str | int) -> int:
    return _number(text, LARGEST_INT, least=1)


@lru_cache(maxsize=1_024)
def _shape(name: str, schema_version: str | int) -> tuple[str, int]:
    return _type(name), _number(schema_version, LARGEST_SMALLINT, least=1)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


@lru_cache
def _read_source(source: str) -> tuple[str, int]:
    root, linli, log, epoch = source.split("/")
    if (root, linli) != ("", "linli"):
        raise ValueError("source")
    return log, int(epoch)


@lru_cache(maxsize=1_024)
def _type(name: str) -> str:
    linli, _, type_ = name.split(".", 2)
    if linli != "linli":
        raise ValueError("type")
    return type_
