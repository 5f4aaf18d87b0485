"""Append at the kernel: concurrent commands on new streams, every guarantee on."""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench import limits, peer
from bench.clients import closed_loop
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from shared.core.canonical import Facts, canonical
from shared.runtime.commands.committer import Committer
from shared.runtime.commands.ids import uuid7
from shared.store.append import Check, Decided

LOG = "bench"
GUARANTEES = "ids, canonical JSON, digest, dedup, version check, order, hash chain"
PLAIN_BYTES = 300
TEXT = {
    "territory": "d/s1/c1",
    "area": "unknown",
    "channel": "online",
    "case_type": "repair",
    "urgency": "normal",
}
FILLED = PLAIN_BYTES - len(canonical({**TEXT, "details": ""}))

Payload = Callable[[UUID], bytes]


def plain(_: UUID) -> bytes:
    """300 bytes of canonical JSON."""
    return canonical({**TEXT, "details": "x" * FILLED})


def sealed(subject: UUID) -> bytes:
    """About 1.5 kB: three texts sealed with AES-256-GCM under a new key."""
    box = AESGCM(os.urandom(32))
    values = {"subject": b"x" * 60, "details": b"x" * 650, "name": b"x" * 12}
    return canonical(
        {**TEXT, "petitioner": str(subject)}
        | {f: _close(box, subject, f, t) for f, t in values.items()}
    )


def appending(clients: int, payload: Payload) -> Round:
    """A round of so many clients, each of whose commands begins a stream."""

    async def run(stage: Stage) -> Sample:
        async with stage.server.database("template_log") as database:
            committer = Committer(database.service, LOG)
            try:
                return await closed_loop(
                    stage.window, clients, lambda: committer.commit(_begun(payload))
                )
            finally:
                await committer.aclose()

    return run


@dataclass(frozen=True)
class Case:
    """One figure of ours, and the contenders it stands beside."""

    name: str
    clients: int
    payload: Payload
    beside: Sequence[str]
    bar: Bar | None = None


CASES = (
    Case("append, 256 clients", 256, plain, ("set", "loop"), Bar(rate=25_000, p99=25)),
    Case("append, 64 clients", 64, plain, ("set", "loop")),
    Case("append, one client", 1, plain, ("alone",), Bar(p50=0.6)),
    Case("append sealed, 256 clients", 256, sealed, ("sealed set", "sealed loop")),
)


def measure(stage: Stage) -> list[Measure]:
    """Every case beside bare PostgreSQL with rows of its size, and beside the leading library."""
    before = load()
    large = len(sealed(uuid7()))
    contenders = {
        "set": limits.set_insert(PLAIN_BYTES),
        "loop": limits.insert_loop(PLAIN_BYTES, limits.CONNECTIONS),
        "alone": limits.insert_loop(PLAIN_BYTES, 1),
        "sealed set": limits.set_insert(large),
        "sealed loop": limits.insert_loop(large, limits.CONNECTIONS),
        **peer.appending(PLAIN_BYTES),
        **{case.name: appending(case.clients, case.payload) for case in CASES},
    }
    samples = rounds(stage, contenders)
    library = peer.figure(samples)
    return [
        Measure(_figure(case, samples[case.name]), case.bar, [*beside, library], before)
        for case in CASES
        for beside in [[limits.figure(key, samples[key]) for key in case.beside]]
    ]


def _figure(case: Case, samples: Sequence[Sample]) -> Figure:
    size = len(case.payload(uuid7()))
    made = "three texts sealed with AES-256-GCM under a new key, " if case.payload is sealed else ""
    return Figure(case.name, "events/s", f"{size} B payload, {made}{GUARANTEES}", samples)


def _begun(payload: Payload) -> Decided:
    stream_id, command_id = uuid7(), uuid7()
    facts = Facts(
        LOG, stream_id, 1, "bench-noted", 1, "d/s1/c1", "clerk-1", command_id, command_id, None,
        "live", datetime.now(UTC), payload(stream_id),
    )  # fmt: skip
    return Decided(command_id, bytes(32), (Check(stream_id, 0),), (facts,))


def _close(box: AESGCM, subject: UUID, field: str, text: bytes) -> dict[str, str]:
    nonce = os.urandom(12)
    raw = nonce + box.encrypt(nonce, text, subject.bytes + field.encode())
    return {"subject": str(subject), "field": field, "box": urlsafe_b64encode(raw).decode()}
