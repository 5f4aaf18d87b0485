"""Append at the kernel: concurrent commands on new streams, every guarantee on."""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench import limits, peer
from bench.clients import closed_loop
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from shared.core.canonical import Facts, canonical
from shared.runtime.committer import Committer
from shared.runtime.ids import uuid7
from shared.store.append import Check, Decided

LOG = "bench"
GUARANTEES = "ids, canonical JSON, digest, dedup, version check, order, hash chain"
PLAIN_BYTES = 300
SEALED_BYTES = 1_500
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
    values = {"subject": b"x" * 60, "details": b"x" * 500, "name": b"x" * 12}
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


def measure(stage: Stage) -> list[Measure]:
    """256, 64 and one client, plain; 256 sealed; beside bare PostgreSQL and the leading library."""
    before = load()
    samples = rounds(
        stage,
        {
            "set": limits.set_insert,
            "loop": limits.insert_loop,
            "256": appending(256, plain),
            "64": appending(64, plain),
            "1": appending(1, plain),
            "sealed": appending(256, sealed),
            **peer.appending(PLAIN_BYTES),
        },
    )
    beside = [*limits.figures(samples, "INSERT", "events/s"), peer.figure(samples)]
    sizes = {
        "sealed": f"{len(sealed(uuid7()))} B payload, AES-256-GCM of three texts, {GUARANTEES}"
    }
    names = {
        "256": ("append, 256 clients", Bar(rate=25_000, p99=25)),
        "64": ("append, 64 clients", None),
        "1": ("append, one client", Bar(p50=0.6)),
        "sealed": ("append sealed, 256 clients", None),
    }
    plain_text = f"{PLAIN_BYTES} B payload, {GUARANTEES}"
    return [
        Measure(
            Figure(name, "events/s", sizes.get(key, plain_text), samples[key]),
            target,
            beside,
            before,
        )
        for key, (name, target) in names.items()
    ]


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
