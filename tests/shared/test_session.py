"""The access token comes in a header or in a cookie; with a cookie only our own pages change
anything."""

from __future__ import annotations

import pytest
from fastapi import Request

from shared.runtime.web.session import COOKIE, token_of
from shared.runtime.web.tokens import BadToken


def asked(method: str, **headers: str) -> Request:
    """A request to http://linli.test with these headers."""
    told = {"host": "linli.test", **{name.replace("_", "-"): v for name, v in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in told.items()]
    return Request({"type": "http", "method": method, "path": "/", "headers": raw})


KEPT = f"{COOKIE}=kept"


def test_a_header_goes_before_a_cookie() -> None:
    assert token_of(asked("POST", authorization="Bearer told", cookie=KEPT)) == "told"


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer "])
def test_a_header_that_is_no_bearer_token_is_refused_beside_a_cookie(header: str) -> None:
    with pytest.raises(BadToken):
        token_of(asked("GET", authorization=header, cookie=KEPT))


def test_nobody_is_nobody() -> None:
    with pytest.raises(BadToken):
        token_of(asked("GET"))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_needs_the_cookie_only(method: str) -> None:
    assert token_of(asked(method, cookie=KEPT, sec_fetch_site="cross-site")) == "kept"


@pytest.mark.parametrize(
    "headers",
    [{"sec_fetch_site": "same-origin"}, {"origin": "http://linli.test"}],
)
def test_a_page_of_ours_may_change_things(headers: dict[str, str]) -> None:
    assert token_of(asked("POST", cookie=KEPT, **headers)) == "kept"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"origin": "http://elsewhere.test"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site", "origin": "http://linli.test"},
    ],
)
def test_a_page_of_others_may_not(headers: dict[str, str]) -> None:
    with pytest.raises(BadToken):
        token_of(asked("POST", cookie=KEPT, **headers))
