"""`evidence.json`: a stream with the proof of its last event, as docs/evidence/bundle.md has it.
Frozen: what is written here is read by programs that we do not know. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson

from shared.core.sealed import Sealed
from shared.runtime.seals.evidence import Proof
from shared.store.verify_stream import facts

FORMAT, VERSION = "linli.evidence", 1


class Value(NamedTuple):
    """A sealed value in the payload of an event: the JSON Pointer to it is `/` and its name."""

    version: int
    name: str
    sealed: Sealed


class Shown(NamedTuple):
    """A value that is opened: its text, and the secret that proves it; None where it was sealed in
    the first form, which proves nothing."""

    value: Value
    text: str
    secret: bytes | None


def document(rows: Sequence[Any], shown: Sequence[Shown], proof: Proof) -> bytes:
    """The same rows, values and proof are the same bytes."""
    first = facts(rows[0])
    told = {
        "format": FORMAT,
        "version": VERSION,
        "log": first.log,
        "stream": str(first.stream_id),
        "events": [_event(row) for row in rows],
        "openings": [_opening(one) for one in shown],
        "inclusion": [_spelled(one) for one in proof.path],
        "checkpoint": str(proof.checkpoint),
        "keys": [str(key) for key in proof.keys],
        "rotations": [str(note) for note in proof.rotations],
        "witnesses": [str(key) for key in proof.witnesses],
    }
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)


def _event(row: Any) -> dict[str, Any]:
    told = facts(row)
    return {
        "position": row["position"],
        "version": told.version,
        "type": told.type,
        "schema_version": told.schema_version,
        "territory": told.territory,
        "actor": told.actor,
        "command_id": str(told.command_id),
        "correlation_id": str(told.correlation_id),
        "causation_id": told.causation_id and str(told.causation_id),
        "origin": told.origin,
        "occurred_at": _moment(told.occurred_at),
        "recorded_at": _moment(row["recorded_at"]),
        "payload": bytes(told.payload).decode(),
    }


def _opening(one: Shown) -> dict[str, Any]:
    value, sealed = one.value, one.value.sealed
    return {
        "version": value.version,
        "path": f"/{value.name}",
        "subject": str(sealed.subject),
        "field": sealed.field,
        "text": one.text,
        "secret": one.secret and _spelled(one.secret),
    }


def _moment(moment: datetime) -> str:
    """To the microsecond, with all six digits, in UTC."""
    told = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{told.isoformat(timespec='microseconds')}Z"


def _spelled(raw: bytes) -> str:
    return b64encode(raw).decode()
