"""The local token issuer: whoever reaches this machine's loopback may be anyone.

It stands in for the district's identity provider and is mounted in the local profile only.
"""

import json
import secrets
import time
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Request
from joserfc import jwt
from joserfc.jwk import OKPKey
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from shared.runtime.web.session import COOKIE, same_origin

ISSUER = "linli-local"
AUDIENCE = "linli"
LIFETIME_SECONDS = 8 * 60 * 60
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class TokenRequest(BaseModel):
    """Who the bearer is to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1, max_length=100)]
    roles: list[str]
    territory: Annotated[str, Field(min_length=1, max_length=300)]
    unit: str | None = None


class Token(BaseModel):
    """A signed token; `expires_in` is in seconds."""

    model_config = ConfigDict(frozen=True)

    token: str
    expires_in: int


def issuer(key_file: Path) -> APIRouter:
    """`POST /token` gives a token, `POST /session` puts it into the cookie of a browser; both sign
    with the Ed25519 JWK in the file."""
    key = OKPKey.import_key(json.loads(key_file.read_text()))
    router = APIRouter(dependencies=[Depends(_from_this_machine)])

    @router.post("/token")
    async def token(wanted: TokenRequest) -> Token:
        return Token(token=sign(wanted, key), expires_in=LIFETIME_SECONDS)

    @router.post("/session")
    async def session(request: Request) -> Response:
        if not same_origin(request):
            raise HTTPException(status_code=403, detail="only from a page of this origin")
        told = parse_qs((await request.body()).decode())
        wanted = TokenRequest(
            id=told["id"][0],
            roles=told["roles"],
            territory=told["territory"][0],
            unit=told.get("unit", [None])[0],
        )
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(
            COOKIE, sign(wanted, key), max_age=LIFETIME_SECONDS, samesite="lax", httponly=True
        )
        return answer

    return router


def sign(wanted: TokenRequest, key: OKPKey, *, seconds: int = LIFETIME_SECONDS) -> str:
    """The token as an RFC 9068 access token, good for that long from now."""
    now = int(time.time())
    header = {"alg": "Ed25519", "typ": "at+jwt", "kid": key.kid}
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": wanted.id,
        "client_id": ISSUER,
        "iat": now,
        "exp": now + seconds,
        "jti": secrets.token_hex(16),
        **wanted.model_dump(include={"roles", "territory", "unit"}, exclude_none=True),
    }
    return jwt.encode(header, claims, key, algorithms=["Ed25519"])


def _from_this_machine(request: Request) -> None:
    # a foreign page can point a name of its own at 127.0.0.1, but cannot forge this header
    if request.url.hostname not in LOOPBACK:
        raise HTTPException(status_code=403, detail="only by a loopback address")
