"""The topics described in docs/api are those that carry our records: real ones fit them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft7Validator, FormatChecker

from deploy.local.asyncapi import description, received, sources
from deploy.local.openapi import FOLDER
from shared.contracts import cloudevents
from shared.contracts.cloudevents import HEARTBEAT
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.sent import UNPUBLISHABLE, Message, Sent
from shared.core.canonical import canonical
from tests.architecture import tree
from tests.corpus import samples

Schema = dict[str, Any]

SERVICES = [folder.name for folder in tree.services()]
DESCRIBED = [name for name in SERVICES if (FOLDER / f"{name}.asyncapi.json").exists()]
AT = datetime(2026, 5, 1, 4, 30, 0, 123_456, tzinfo=UTC)
SENT = Sent(
    position=7, stream_id=UUID(int=1), version=2, type=UNPUBLISHABLE, schema_version=1,
    territory="", actor="clerk-1", command_id=UUID(int=2), correlation_id=UUID(int=3),
    causation_id=UUID(int=4), origin="live", occurred_at=AT, recorded_at=AT, payload=b"{}",
)  # fmt: skip
BEAT = Message(GRIEVANCE.log, 1, 9, 7, AT, None)


def _read(service: str) -> Schema:
    read: Schema = json.loads((FOLDER / f"{service}.asyncapi.json").read_text(encoding="utf-8"))
    return read


def _message(sent: Sent) -> Message:
    return Message(GRIEVANCE.log, 1, sent.position, 0, sent.recorded_at, sent)


def _real() -> Iterator[Message]:
    """Every contract, whole and with nothing but what it needs; the marker; a heartbeat."""
    for type_, cls in GRIEVANCE.events.classes.items():
        for sample in samples.made(GRIEVANCE.events, cls)["samples"]:
            told = {"type": type_, "schema_version": cls.schema_version}
            yield _message(SENT._replace(**told, payload=canonical(sample["payload"])))
    yield _message(SENT)
    yield _message(SENT._replace(causation_id=None, origin="history"))
    yield BEAT


def _type(message: Message) -> str:
    return message.sent.type if message.sent else HEARTBEAT


REAL = list(_real())


def _faults(part: str, message: Message, value: object) -> list[str]:
    """What the description of this record's headers, or of its payload, says is wrong."""
    document = _read("grievance")
    described = document["components"]["messages"][_type(message)]
    schema = {**described[part], "components": document["components"]}
    Draft7Validator.check_schema(schema)
    checker = Draft7Validator(schema, format_checker=FormatChecker())
    return [fault.message for fault in checker.iter_errors(value)]


def _headers(message: Message) -> dict[str, str]:
    return {name: text.decode() for name, text in cloudevents.headers(message)}


def _defined(document: Schema, reference: str) -> Any:
    place: Any = document
    for step in reference.removeprefix("#/").split("/"):
        place = place[step]
    return place


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (value for name, value in part.items() if name == "$ref")
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _references(each)


def test_every_service_that_publishes_or_reads_is_described() -> None:
    speaking = {source.service for source in sources()}
    reading = {name for name in SERVICES if received(name)}
    assert set(DESCRIBED) == speaking | reading == set(SERVICES)


@pytest.mark.parametrize("service", DESCRIBED)
def test_the_description_is_that_of_today(service: str) -> None:
    assert _read(service) == description(service), "make docs writes them anew"


@pytest.mark.parametrize("service", DESCRIBED)
def test_what_a_description_refers_to_is_there(service: str) -> None:
    document = _read(service)
    for reference in _references(document):
        file, _, place = reference.partition("#")
        assert _defined(json.loads((FOLDER / file).read_text()) if file else document, f"#{place}")


def test_a_channel_holds_every_contract_the_marker_and_the_heartbeat() -> None:
    document = _read("grievance")
    channel = document["channels"]["grievance"]
    assert channel["address"] == GRIEVANCE.topic
    assert channel["messages"].keys() == {*GRIEVANCE.events.classes, UNPUBLISHABLE, HEARTBEAT}
    assert document["operations"]["publish_grievance"]["action"] == "send"


def test_a_reader_says_which_topics_it_reads() -> None:
    document = _read("dashboard")
    assert document["channels"] == {
        name: {"$ref": f"./{name}.asyncapi.json#/channels/{name}"}
        for name in ("grievance", "points", "territory", "volunteer")
    }
    assert {one["action"] for one in document["operations"].values()} == {"receive"}
    read = {one["channel"]["$ref"] for one in document["operations"].values()}
    assert read == {f"#/channels/{name}" for name in document["channels"]}


@pytest.mark.parametrize("message", REAL, ids=_type)
def test_the_headers_of_a_real_record_are_as_described(message: Message) -> None:
    assert _faults("headers", message, _headers(message)) == []


@pytest.mark.parametrize("message", [one for one in REAL if one.sent], ids=_type)
def test_the_payload_of_a_real_record_is_as_described(message: Message) -> None:
    assert message.sent is not None
    payload = json.loads(message.sent.payload)
    assert _faults("payload", message, payload) == []
    assert _faults("payload", message, {**payload, "at": AT.isoformat()}) != []


@pytest.mark.parametrize("message", REAL, ids=_type)
def test_a_record_that_lacks_or_bends_a_header_is_not(message: Message) -> None:
    headers = _headers(message)
    for name in headers.keys() - {"ce_causationid"}:
        lacking = {other: value for other, value in headers.items() if other != name}
        assert _faults("headers", message, lacking), name
    free = {"ce_territory", "ce_authid", "ce_time", "ce_recordedtime"}
    for name in headers.keys() - free:
        assert _faults("headers", message, {**headers, name: "~"}), name


def test_every_header_is_described_and_none_besides() -> None:
    schemas = _read("grievance")["components"]["schemas"]
    common = {*schemas["OfEveryRecord"]["properties"], "ce_type", "ce_source"}
    assert _headers(BEAT).keys() == common
    assert _headers(_message(SENT)).keys() == common | {*schemas["OfEveryEvent"]["properties"]}


def test_a_heartbeat_has_neither_key_nor_payload() -> None:
    beat = _read("grievance")["components"]["messages"][HEARTBEAT]
    assert not {"payload", "bindings", "contentType"} & beat.keys()
