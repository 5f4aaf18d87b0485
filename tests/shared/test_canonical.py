"""The bytes that are hashed, against vectors made without the kernel."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from pydantic import ValidationError

from shared.core.canonical import GENESIS, Facts, canonical, digest, link, microseconds
from shared.store.append import append
from tests.shared.toy.appending import On, decided, puts
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.events import PurseCorrected, PurseOpened

PAYLOAD = '{"owner":"张三","territory":"d/s1"}'.encode()
FACTS = Facts(
    log="purses",
    stream_id=UUID("00112233-4455-6677-8899-aabbccddeeff"),
    version=1,
    type="purse-opened",
    schema_version=2,
    territory="d/s1",
    actor="clerk",
    command_id=UUID(int=2),
    correlation_id=UUID(int=3),
    causation_id=None,
    origin="live",
    occurred_at=datetime(2026, 5, 1, 12, 0, 0, 123_456, tzinfo=UTC),
    payload=PAYLOAD,
)
# 2026-05-01T12:00:00.123456Z and one second later, in microseconds.
HAPPENED, RECORDED = 1_777_636_800_123_456, 1_777_636_801_123_456
# Published: a verifier written from the layout alone must arrive at the same bytes.
DIGEST = "ecbdac9aad22e4b431db4d9224b2ba773634a9aa2dd7e563fd374605c610a8f4"
DIGEST_WITH_CAUSE = "2298533dedb8ced6de6fe7311d921abcc0294a6f4b291a335317737a3d39a00c"
HASH_AT_7 = "fdc8862d5c2a90385b0d327e91e18960929b16c48310fd8d56eb3346b3464b46"


def _independent(facts: Mapping[str, Any], happened: int) -> bytes:
    """The digest from the published layout, with nothing of the kernel."""
    causation = facts["causation_id"]
    parts = [
        facts["log"].encode("utf-8"),
        bytes.fromhex(facts["stream_id"].hex),
        struct.pack(">q", facts["version"]),
        facts["type"].encode("utf-8"),
        struct.pack(">q", facts["schema_version"]),
        facts["territory"].encode("utf-8"),
        facts["actor"].encode("utf-8"),
        bytes.fromhex(facts["command_id"].hex),
        bytes.fromhex(facts["correlation_id"].hex),
        bytes.fromhex(causation.hex) if causation else b"",
        facts["origin"].encode("utf-8"),
        struct.pack(">q", happened),
        facts["payload"],
    ]
    framed = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return sha256(b"linli.event.v1" + framed).digest()


def test_a_payload_is_sorted_compact_utf8_json() -> None:
    payload = {"territory": "d/s1", "owner": "张三"}
    assert canonical(payload) == PAYLOAD
    assert canonical({"b": {"z": True, "a": None}, "a": [1, -2]}) == (
        b'{"a":[1,-2],"b":{"a":null,"z":true}}'
    )


def test_the_digest_is_the_published_one() -> None:
    assert digest(FACTS).hex() == DIGEST
    assert _independent(FACTS._asdict(), HAPPENED).hex() == DIGEST


def test_the_digest_covers_the_cause() -> None:
    caused = FACTS._replace(causation_id=UUID(int=9))
    assert digest(caused).hex() == DIGEST_WITH_CAUSE
    assert _independent(caused._asdict(), HAPPENED).hex() == DIGEST_WITH_CAUSE


def test_the_digest_covers_every_field() -> None:
    other: dict[str, Any] = {
        "log": "purse", "stream_id": UUID(int=5), "version": 2, "type": "purse-opene",
        "schema_version": 3, "territory": "d/s", "actor": "clark", "command_id": UUID(int=5),
        "correlation_id": UUID(int=5), "causation_id": UUID(int=5), "origin": "history",
        "occurred_at": FACTS.occurred_at + timedelta(microseconds=1), "payload": PAYLOAD + b" ",
    }  # fmt: skip
    assert set(other) == set(Facts._fields)
    made = {digest(FACTS._replace(**{name: value})) for name, value in other.items()}
    assert len(made | {digest(FACTS)}) == len(other) + 1


def test_neighbouring_fields_cannot_lend_each_other_bytes() -> None:
    assert digest(FACTS._replace(territory="d", actor="x")) != digest(
        FACTS._replace(territory="dx", actor="")
    )


def test_the_link_is_the_published_one() -> None:
    own = bytes.fromhex(DIGEST)
    recorded = FACTS.occurred_at + timedelta(seconds=1)
    independent = sha256(bytes(32) + own + struct.pack(">q", 7) + struct.pack(">q", RECORDED))
    assert independent.hexdigest() == HASH_AT_7
    assert link(GENESIS, own, 7, recorded).hex() == HASH_AT_7


def test_a_moment_is_the_same_in_every_zone_and_exact_to_the_microsecond() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert microseconds(FACTS.occurred_at) == HAPPENED
    assert microseconds(FACTS.occurred_at.astimezone(shanghai)) == HAPPENED
    assert microseconds(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1
    assert microseconds(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == (
        253_402_300_799_999_999
    )


def test_a_float_is_refused_before_it_can_be_hashed() -> None:
    with pytest.raises(ValidationError):
        PurseCorrected(at=NOON, corrects=1, changes={"fen": 1.5}, reason="typo")


@pytest.mark.postgres
async def test_the_hashes_made_under_the_lock_are_the_links_of_each_stream(
    connection: asyncpg.Connection[Any],
) -> None:
    one, two = uuid4(), uuid4()
    opened = PurseOpened(at=datetime(1965, 3, 4, 5, 6, 7, 891_011, tzinfo=UTC), owner="李四",
                         territory="d")  # fmt: skip
    await append(connection, LOG, [decided(On(one, 0, [opened]))])
    group = [
        puts(one, 1, times=3),
        decided(On(two, 0), On(one, 4), causation_id=uuid4()),
        puts(uuid4(), 5),  # a conflict leaves no trace in the chain
        puts(one, 5),
        puts(two, 1, times=2),
    ]
    outcomes = await append(connection, LOG, group)
    assert [outcome.verdict for outcome in outcomes].count("conflict") == 1
    await _assert_chained(connection, {one: 6, two: 3})


async def _assert_chained(
    connection: asyncpg.Connection[Any], expected: Mapping[UUID, int]
) -> None:
    rows = await connection.fetch("select * from event order by position")
    heads: dict[UUID, bytes] = {}
    versions: dict[UUID, int] = {}
    for row in rows:
        facts = Facts(**{name: row[name] for name in Facts._fields})
        assert row["digest"] == digest(facts)
        assert row["digest"] == _independent(facts._asdict(), microseconds(row["occurred_at"]))
        previous = heads.get(row["stream_id"], GENESIS)
        assert row["hash"] == link(previous, row["digest"], row["position"], row["recorded_at"])
        heads[row["stream_id"]] = row["hash"]
        versions[row["stream_id"]] = row["version"]
    assert versions == expected
