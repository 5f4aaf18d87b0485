"""Who asks: the access token, in the header or in a cookie that no script of a page can read."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from shared.runtime.web.tokens import BadToken

COOKIE = "linli_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def token_of(request: Request) -> str:
    """The access token. Raises BadToken where there is none.

    A cookie goes along with whatever a browser sends, so with a cookie only pages of the same
    origin may change anything (OWASP ASVS 5.0 3.5.1).
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise BadToken("send Authorization: Bearer <token>")
        return token
    kept = request.cookies.get(COOKIE)
    if not kept:
        raise BadToken("send Authorization: Bearer <token>")
    if request.method not in SAFE and not same_origin(request):
        raise BadToken("a page of another site may not send this")
    return kept


def same_origin(request: Request) -> bool:
    """Whether a page of this very origin sends it; without a word from the browser it does not."""
    fetched_from = request.headers.get("sec-fetch-site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
