"""Who asks: only a good token says so, and only for as long as it is good."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey

from tests.grievance.front_desk import PETITION, fresh_key, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
Tokens = Callable[..., str]
HEADER = {"alg": "Ed25519", "typ": "at+jwt", "kid": "test"}


def _claims(**changes: object) -> dict[str, Any]:
    now = int(time.time())
    good = {"iss": "linli-local", "aud": "linli", "sub": "clerk-1", "roles": ["dispatcher"],
            "territory": "d", "exp": now + 600}  # fmt: skip
    return {name: value for name, value in {**good, **changes}.items() if value is not ...}


def _part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _signed(payload: object, key: OKPKey, **header: object) -> str:
    """Any header, any payload, well signed."""
    told = f"{_part({**HEADER, **header})}.{_part(payload)}"
    private = key.private_key
    assert isinstance(private, Ed25519PrivateKey)
    return f"{told}.{_part(private.sign(told.encode()))}"


async def _refused(client: httpx.AsyncClient, token: str) -> None:
    for scheme in ("Bearer", "bearer"):
        sent = [(b"authorization", f"{scheme} {token}".encode())]
        answer = await client.get("/cases", headers=sent)
        refused(answer, 401, "unauthenticated")
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_without_a_bearer_token_nobody_is_known(
    client: httpx.AsyncClient, token: Tokens
) -> None:
    refused(await client.get("/cases"), 401, "unauthenticated")
    for value in ("", "Bearer", "Bearer ", "Basic dTpw", token(), f"Token {token()}"):
        answer = await client.get("/cases", headers={"authorization": value})
        refused(answer, 401, "unauthenticated")
    assert (await client.get(f"/cases?access_token={token()}")).status_code == 401


async def test_what_is_not_a_token_is_refused(client: httpx.AsyncClient) -> None:
    for text in (
        "x", ".", "..", "...", "....", "a.b.c", "é.é.é", " " * 50, "a" * 100_000, "\t",
        f"{_part([])}.{_part({})}.", f"{_part(b'[' * 30_000)}.{_part({})}.AA",
        f"{_part({'alg': ['Ed25519']})}.{_part({})}.AA", f"{_part({})}.{_part({})}.AA",
        f"{_part(HEADER)}.{_part(_claims())}.", f"{_part(HEADER)}.{_part(_claims())}",
    ):  # fmt: skip
        await _refused(client, text)


async def test_a_signature_that_is_not_the_issuers_is_refused(
    client: httpx.AsyncClient, token: Tokens, signing_key: OKPKey
) -> None:
    header, claims, signature = token().split(".")
    other = _part(_claims(roles=["dispatcher", "auditor"]))
    await _refused(client, f"{header}.{other}.{signature}")
    await _refused(client, f"{header}.{claims}.{_part(b'0' * 64)}")
    thief = OKPKey.generate_key("Ed25519", {"kid": "test"})
    await _refused(client, jwt.encode(HEADER, _claims(), thief, algorithms=["Ed25519"]))
    curve = ECKey.generate_key("P-256", {"kid": "test"})
    es256 = {**HEADER, "alg": "ES256"}
    await _refused(client, jwt.encode(es256, _claims(), curve, algorithms=["ES256"]))


async def test_the_algorithm_cannot_be_talked_down(
    client: httpx.AsyncClient, signing_key: OKPKey
) -> None:
    for none in ("none", "None", "NONE", ""):
        await _refused(client, f"{_part({**HEADER, 'alg': none})}.{_part(_claims())}.")
    public = signing_key.as_dict(private=False)
    told = f"{_part({**HEADER, 'alg': 'HS256'})}.{_part(_claims())}"
    for secret in (signing_key.as_pem(private=False), json.dumps(public).encode(), b"test", b""):
        await _refused(client, f"{told}.{_part(hmac.digest(secret, told.encode(), 'sha256'))}")
    own = OKPKey.generate_key("Ed25519", {"kid": "test"})
    inside = {**HEADER, "jwk": own.as_dict(private=False)}
    await _refused(client, jwt.encode(inside, _claims(), own, algorithms=["Ed25519"]))


async def test_every_claim_is_checked(client: httpx.AsyncClient, signing_key: OKPKey) -> None:
    now = time.time()
    bad: list[dict[str, Any]] = [
        {"exp": now - 1}, {"exp": 0}, {"exp": -1}, {"exp": "soon"}, {"exp": None}, {"exp": ...},
        {"exp": float("nan")}, {"exp": 10**400}, {"nbf": now + 60}, {"nbf": "later"}, {"nbf": None},
        {"aud": "other"}, {"aud": ["other"]}, {"aud": []}, {"aud": None}, {"aud": ...},
        {"aud": {"linli": 1}}, {"iss": "else"}, {"iss": ...}, {"iss": ["linli-local"]},
        {"sub": ...}, {"sub": ""}, {"sub": 5}, {"sub": "a\x00b"}, {"sub": "anonymous:"},
        {"sub": "anonymous:00000000-0000-0000-0000-000000000007"}, {"roles": ...}, {"roles": None},
        {"roles": "dispatcher"}, {"roles": {"dispatcher": 1}}, {"roles": [["dispatcher"]]},
        {"roles": [""]}, {"territory": ...}, {"territory": ""}, {"territory": ["d"]},
        {"territory": "\x00"}, {"unit": 7}, {"unit": ["lamps"]}, {"unit": "\x1b"},
    ]  # fmt: skip
    for changes in bad:
        await _refused(client, _signed(_claims(**changes), signing_key))
    for header in ({"typ": "JWT"}, {"typ": "id+jwt"}, {"typ": ""}, {"typ": 5}, {"kid": "else"},
                   {"kid": 5}, {"kid": None}, {"crit": ["x"]}, {"b64": False, "crit": ["b64"]},
                   {"alg": "EdDSA"}):  # fmt: skip
        await _refused(client, _signed(_claims(), signing_key, **header))
    for payload in (b"", b"[]", b"null", b"\xff", b'{"sub": "\\ud800"}', b"5", b"[" * 50_000):
        await _refused(client, _signed(payload, signing_key))
    await _refused(client, _signed(_claims(sub="\ud800"), signing_key))
    good = {"authorization": f"Bearer {_signed(_claims(), signing_key)}"}
    assert (await client.get("/cases", headers=good)).status_code == 200


async def test_several_audiences_are_fine_and_no_roles_may_do_nothing(
    client: httpx.AsyncClient, token: Tokens
) -> None:
    several = {"authorization": f"Bearer {token(claims={'aud': ['other', 'linli']})}"}
    assert (await client.get("/cases", headers=several)).status_code == 200
    for roles in ((), ("king",)):
        sent = {"authorization": f"Bearer {token(roles=roles)}", "idempotency-key": fresh_key()}
        refused(await client.get("/cases", headers=sent), 403, "role_missing")
        refused(await client.get("/response-times", headers=sent), 403, "role_missing")
        refused(await client.post("/cases", json=PETITION, headers=sent), 403, "role_missing")


async def test_a_remembered_token_is_refused_the_moment_it_expires(
    client: httpx.AsyncClient, token: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, real = time.time(), time.time
    sent = {"authorization": f"Bearer {token(claims={'exp': begun + 60, 'nbf': begun - 60})}"}
    for moment, status in ((0, 200), (59.5, 200), (60, 401), (3600, 401), (0, 200), (-61, 401)):
        monkeypatch.setattr(time, "time", lambda moment=moment: begun + moment)
        assert (await client.get("/cases", headers=sent)).status_code == status, moment
    monkeypatch.setattr(time, "time", real)
