"""Contracts on the wire: read back as they were sent, by us and by others, or called garbled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import cloudevents, cloudevents_reading
from shared.contracts.sent import UNPUBLISHABLE, Garbled, Message, Sent
from shared.core.canonical import canonical

LARGEST = 2**63 - 1
AT = datetime(2026, 5, 1, 4, 30, 0, 123_456, tzinfo=UTC)
SENT = Sent(
    position=7, stream_id=UUID(int=1), version=2, type="case-closed", schema_version=1,
    territory="市/街", actor="clerk-1", command_id=UUID(int=2), correlation_id=UUID(int=3),
    causation_id=UUID(int=4), origin="live", occurred_at=AT, recorded_at=AT,
    payload=canonical({"outcome": "solved", "文": [1, None, True, {}]}),
)  # fmt: skip
MESSAGE = Message("grievance", 1, 7, 5, AT, SENT)
BEAT = Message("grievance", 1, 9, 7, AT, None)
HEADERS = dict(cloudevents.headers(MESSAGE))
LINE = orjson.loads(cloudevents.line(SENT, "grievance", 1))
# What a reader cannot do without; the rest says nothing about where the event belongs.
NEEDED = HEADERS.keys() - {"ce_territory", "ce_causationid", "content-type"}

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
names = st.from_regex("[a-z]+(-[a-z]+)*", fullmatch=True)
moments = st.datetimes(timezones=st.just(UTC))
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | words
payloads = st.dictionaries(words, st.recursive(scalars, st.lists, max_leaves=5)).map(canonical)
sents = st.builds(
    Sent,
    position=st.integers(1, LARGEST),
    stream_id=st.uuids(),
    version=st.integers(1, 2**31 - 1),
    type=names.filter(lambda name: name != cloudevents.HEARTBEAT),
    schema_version=st.integers(1, 9_999),
    territory=words | st.just(""),
    actor=words,
    command_id=st.uuids(),
    correlation_id=st.uuids(),
    causation_id=st.none() | st.uuids(),
    origin=st.sampled_from(["live", "history"]),
    occurred_at=moments,
    recorded_at=moments,
    payload=payloads,
)
logs, epochs = st.from_regex("[a-z]{1,12}", fullmatch=True), st.integers(1, 1_000)


def _read(
    headers: Sequence[tuple[str, bytes | None]], value: bytes | None = SENT.payload
) -> Message | None:
    """The message of a record; None when it is garbled, and nothing else ever happens."""
    try:
        return cloudevents_reading.read_record(headers, value)
    except Garbled:
        return None


@given(sents, logs, epochs, st.integers(0, LARGEST))
def test_an_event_is_read_from_its_record_as_it_was_sent(
    sent: Sent, log: str, epoch: int, previous: int
) -> None:
    message = Message(
        log, epoch, sent.position, min(previous, sent.position - 1), sent.recorded_at, sent
    )
    assert cloudevents_reading.read_record(cloudevents.headers(message), sent.payload) == message


def test_of_what_nobody_here_knows_the_place_is_read_only() -> None:
    pairs = cloudevents.headers(MESSAGE)
    known = cloudevents_reading.read_record(pairs, SENT.payload, {SENT.type})
    other = cloudevents_reading.read_record(pairs, SENT.payload, {"another-type"})
    assert known == MESSAGE
    assert other == MESSAGE._replace(sent=None)


def test_what_its_service_cannot_publish_concerns_everybody() -> None:
    message = MESSAGE._replace(sent=SENT._replace(type=UNPUBLISHABLE))
    assert (
        cloudevents_reading.read_record(cloudevents.headers(message), SENT.payload, ()) == message
    )


@given(logs, epochs, st.integers(0, LARGEST), st.integers(0, LARGEST), moments)
def test_a_heartbeat_is_read_as_it_was_sent(
    log: str, epoch: int, head: int, previous: int, at: datetime
) -> None:
    beat = Message(log, epoch, head, min(head, previous), at, None)
    for value in (b"", None):
        assert cloudevents_reading.read_record(cloudevents.headers(beat), value) == beat


@given(sents, logs, epochs)
def test_an_event_is_read_from_its_line_as_it_was_sent(sent: Sent, log: str, epoch: int) -> None:
    line = cloudevents.line(sent, log, epoch)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert cloudevents_reading.read_line(orjson.loads(line)) == sent


def test_the_order_of_headers_says_nothing_and_foreign_ones_are_left_alone() -> None:
    pairs: list[tuple[str, bytes | None]] = [
        ("traceparent", b"\xff"), ("Ce_Id", b"\xff"), ("ce_", None), ("ce_tracestate", None),
        *reversed(cloudevents.headers(MESSAGE)),
    ]  # fmt: skip
    assert _read(pairs) == MESSAGE


@pytest.mark.parametrize("name", sorted(NEEDED))
@pytest.mark.parametrize("value", [None, b"", b"\xff", "ⅷ".encode()], ids=repr)
def test_a_record_without_a_readable_attribute_is_garbled(name: str, value: bytes | None) -> None:
    if name == "ce_authid" and value == "ⅷ".encode():
        value = None  # it is a name like any other
    if name == "ce_origin" and value == "ⅷ".encode():
        value = None  # a word that is not known yet
    assert _read([*{**HEADERS, name: value}.items()]) is None
    assert _read([(other, text) for other, text in HEADERS.items() if other != name]) is None


@given(st.lists(st.tuples(words | st.sampled_from(sorted(HEADERS)), st.none() | st.binary())))
def test_whatever_else_a_record_says_it_is_garbled(pairs: list[tuple[str, bytes | None]]) -> None:
    assert _read(pairs) is None


@given(st.sampled_from(sorted(HEADERS)), st.binary() | words.map(str.encode))
def test_one_attribute_that_is_wrong_garbles_the_record_or_is_taken_as_it_is(
    name: str, value: bytes
) -> None:
    message = _read([*{**HEADERS, name: value}.items()])
    assert message is None or message.sent is None or message.sent.payload == SENT.payload


# Each would stop its partition for ever: a cursor cannot be moved there, or a gap not be closed.
BEYOND = (
    ("ce_id", str(2**63)), ("ce_id", "0"), ("ce_id", "-1"), ("ce_previous", "-1"),
    ("ce_previous", "7"), ("ce_sequence", str(2**31)), ("ce_sequence", "0"),
    ("ce_recordedtime", "0001-01-01T00:00:00+23:59"), ("ce_time", "9999-12-31T23:59:59-23:59"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BEYOND)
def test_a_place_or_a_time_that_no_store_can_hold_is_garbled(name: str, value: str) -> None:
    assert _read([*{**HEADERS, name: value.encode()}.items()]) is None


anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(words, inner))


@given(anything)
def test_a_line_that_is_no_event_is_garbled(told: Any) -> None:
    with pytest.raises(Garbled):
        cloudevents_reading.read_line(told)


@given(st.sampled_from(sorted(LINE)), anything)
def test_a_line_with_something_wrong_is_garbled_or_taken_as_it_is(name: str, value: Any) -> None:
    try:
        cloudevents_reading.read_line({**LINE, name: value})
    except Garbled:
        return


@pytest.mark.parametrize(
    "name",
    sorted(LINE.keys() - {"specversion", "source", "territory", "datacontenttype", "causationid"}),
)
def test_a_line_that_lacks_an_attribute_is_garbled(name: str) -> None:
    with pytest.raises(Garbled):
        cloudevents_reading.read_line(
            {other: value for other, value in LINE.items() if other != name}
        )


def _by_the_sdk(message: Message) -> CloudEvent:
    """The record as the reference implementation reads it; it knows `content-type` too."""
    sent = message.sent
    record = KafkaMessage(
        headers=dict(cloudevents.headers(message)),
        key=None if sent is None else str(sent.stream_id).encode(),
        value=b"" if sent is None else sent.payload,
    )
    read = from_kafka(record, JSONFormat(), CloudEvent)
    assert isinstance(read, CloudEvent)
    return read


@given(sents)
def test_others_read_the_same_event_from_record_and_line(sent: Sent) -> None:
    message = Message("grievance", 1, sent.position, 0, sent.recorded_at, sent)
    binary = _by_the_sdk(message)
    structured = JSONFormat().read(CloudEvent, cloudevents.line(sent, "grievance", 1))
    assert binary.get_data() == structured.get_data() == orjson.loads(sent.payload)
    told = {name: str(value) for name, value in binary.get_attributes().items()}
    assert told.pop("previous") == "0"
    assert told.pop("partitionkey") == str(sent.stream_id)
    assert told == {name: str(value) for name, value in structured.get_attributes().items()}
    assert (binary.get_id(), binary.get_source()) == (str(sent.position), "/linli/grievance/1")
    assert binary.get_type() == f"linli.grievance.{sent.type}"
    assert binary.get_time() == sent.occurred_at


def test_others_read_a_heartbeat_as_an_event_without_data() -> None:
    beat = _by_the_sdk(BEAT)
    assert (beat.get_type(), beat.get_id()) == ("linli.grievance.heartbeat", "9")
    assert not beat.get_data()
