"""Who asks: actors from signed tokens (RFC 9068 access tokens, Ed25519 or ES256)."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.core.messages import ANONYMOUS, Actor
from shared.core.text import storable

ALGORITHMS = ["Ed25519", "ES256"]
REMEMBERED = 4_096


class BadToken(Exception):
    """The token does not say who asks; the message says why."""


class Verifier:
    """Turns a token into an actor. A good signature is remembered, its times are always checked."""

    def __init__(self, keys: str, *, issuer: str, audience: str) -> None:
        self._keys = KeySet.import_key_set(json.loads(keys))
        self._issuer = issuer
        self._audience = audience
        self._seen: OrderedDict[str, tuple[Actor, float, float]] = OrderedDict()

    def actor(self, token: str) -> Actor:
        """The actor. Raises BadToken for a bad signature, issuer, audience, time or shape."""
        entry = self._seen.get(token)
        if entry is None:
            entry = self._verified(token)
            self._seen[token] = entry
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        actor, begins, ends = entry
        if not begins <= time.time() < ends:
            raise BadToken("the token has expired or is not yet valid")
        return actor

    def _verified(self, token: str) -> tuple[Actor, float, float]:
        try:
            decoded = jwt.decode(token, self._keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError, TypeError, RecursionError) as fault:
            raise BadToken("the token's signature cannot be verified") from fault
        if str(decoded.header.get("typ", "")).lower() not in ("at+jwt", "application/at+jwt"):
            raise BadToken("not an access token (typ at+jwt)")
        return self._read(decoded.claims)

    def _read(self, claims: Mapping[str, Any]) -> tuple[Actor, float, float]:
        audience = claims.get("aud")
        named = audience if isinstance(audience, list) else [audience]
        if claims.get("iss") != self._issuer or self._audience not in named:
            raise BadToken("the token was issued by or for someone else")
        try:
            actor = Actor(
                id=_named(claims["sub"]),
                roles=_words(claims["roles"]),
                territory=_text(claims["territory"]),
                unit=_text(claims["unit"]) if claims.get("unit") else None,
            )
            return actor, float(claims.get("nbf", 0)), float(claims["exp"])
        except (KeyError, TypeError, ValueError, OverflowError) as fault:
            raise BadToken("the token lacks sub, roles, territory or exp") from fault


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError
    return storable(value)


def _named(value: object) -> str:
    name = _text(value)
    if name.startswith(ANONYMOUS):
        raise ValueError
    return name


def _words(value: object) -> frozenset[str]:
    if not isinstance(value, list):
        raise TypeError
    return frozenset(_text(word) for word in value)
