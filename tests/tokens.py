"""Tokens and headers of tests, signed by an issuer of their own."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey


@pytest.fixture(scope="session")
def signing_key() -> OKPKey:
    """The token issuer's key."""
    return OKPKey.generate_key("Ed25519", {"kid": "test", "alg": "Ed25519", "use": "sig"})


@pytest.fixture
def jwks_file(tmp_path: Path, signing_key: OKPKey) -> Path:
    """The issuer's public keys, as services read them."""
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps(KeySet([signing_key]).as_dict(private=False)))
    return file


@pytest.fixture
def token(signing_key: OKPKey) -> Callable[..., str]:
    """Makes tokens: `token("clerk", roles=…, territory=…, unit=…, **claims)`."""

    def make(
        sub: str = "clerk-1",
        *,
        roles: tuple[str, ...] = ("dispatcher",),
        territory: str = "d",
        unit: str | None = None,
        claims: Mapping[str, object] | None = None,
    ) -> str:
        content: dict[str, object] = {
            "iss": "linli-local", "aud": "linli", "sub": sub, "roles": list(roles),
            "territory": territory, "exp": int(time.time()) + 600,
        }  # fmt: skip
        if unit:
            content["unit"] = unit
        header = {"alg": "Ed25519", "typ": "at+jwt", "kid": "test"}
        return jwt.encode(
            header, {**content, **(claims or {})}, signing_key, algorithms=["Ed25519"]
        )

    return make


@pytest.fixture
def headers(token: Callable[..., str]) -> Callable[..., dict[str, str]]:
    """Makes request headers: a token, a fresh Idempotency-Key unless given, If-Match if given."""

    def make(
        sub: str = "clerk-1",
        *,
        key: str | None = None,
        version: int | None = None,
        **about: object,
    ) -> dict[str, str]:
        made = {
            "authorization": f"Bearer {token(sub, **about)}",
            "idempotency-key": f'"{key or uuid4().hex}"',
        }
        return made if version is None else {**made, "if-match": f'"{version}"'}

    return make
