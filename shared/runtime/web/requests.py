"""What every request brings: its actor, its command's identity, the version it has seen."""

from __future__ import annotations

import hmac
from collections import Counter

from fastapi import Request

from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity
from shared.runtime.web.problems import Problem, pointer
from shared.runtime.web.session import token_of
from shared.runtime.web.tokens import Verifier

KEY_LIMIT = 255


class Fingerprints:
    """Tells requests apart without keeping what they say: HMAC-SHA-256 under a key derived from the
    root of the key store."""

    def __init__(self, root: bytes) -> None:
        self._key = hmac.digest(root, b"linli.fingerprint.v1", "sha256")

    def of(self, body: bytes) -> bytes:
        """32 bytes for this body."""
        return hmac.digest(self._key, body, "sha256")


def actor_of(request: Request, verifier: Verifier) -> Actor:
    """The actor of the access token. Raises BadToken."""
    return verifier.actor(token_of(request))


def actor_if_any(request: Request, verifier: Verifier) -> Actor | None:
    """The actor of the token that the request brings; None where it brings none. Raises BadToken
    for one that is not good."""
    return actor_of(request, verifier) if "authorization" in request.headers else None


async def identity_of(
    request: Request, actor: Actor, fingerprints: Fingerprints, shortest: int = 1
) -> Identity:
    """The command's identity: actor, route and Idempotency-Key name it. Raises Problem (400), also
    for a key of fewer characters than `shortest`."""
    key = request.headers.get("idempotency-key", "").strip().strip('"')
    if not shortest <= len(key) <= KEY_LIMIT:
        length = f"{shortest} to {KEY_LIMIT} characters"
        detail = f"send an Idempotency-Key of {length}, the same for every retry"
        raise Problem(400, "idempotency_key_missing", detail)
    route = f"{request.method} {request.url.path}"
    return Identity(derived(actor.id, route, key), fingerprints.of(await request.body()))


def expected_version(request: Request) -> int:
    """The version in If-Match. Raises Problem: 428 without one, 400 for something else."""
    header = request.headers.get("if-match")
    if header is None:
        raise Problem(428, "if_match_missing", 'send If-Match: "<version>" from the ETag you read')
    text = header.strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Problem(400, "if_match_invalid", 'If-Match is one version in quotes, such as "3"')
    return int(text)


def check_said_once(request: Request) -> None:
    """Every query parameter has one value. Raises Problem (422)."""
    if not request.url.query:
        return
    named = Counter(name for name, _ in request.query_params.multi_items())
    twice = [name for name, times in named.items() if times > 1]
    if twice:
        errors = [{"detail": "given more than once", "pointer": pointer([name])} for name in twice]
        raise Problem(422, "repeated_parameter", "give each parameter once", errors=errors)
