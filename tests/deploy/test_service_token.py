"""The services' own token says who they are, is private, and is renewed in time."""

import asyncio
import json
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from deploy.local import service_token
from deploy.local.home import Home
from shared.runtime.web.tokens import Verifier

HOUR = 3600


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with its keys and a token."""
    home = Home(tmp_path)
    home.prepare()
    service_token.write(home)
    return home


def test_it_is_private_and_names_a_service_of_the_whole_district(home: Home) -> None:
    assert stat.S_IMODE(home.service_token.stat().st_mode) == 0o600
    verifier = Verifier(home.jwks.read_text(), issuer="linli-local", audience="linli")
    actor = verifier.actor(home.service_token.read_text().strip())
    assert actor.roles == {"service"}
    assert (actor.territory, actor.unit) == ("-", None)


def test_it_is_good_for_a_day(home: Home) -> None:
    keys = KeySet.import_key_set(json.loads(home.jwks.read_text()))
    claims = jwt.decode(home.service_token.read_text().strip(), keys, ["Ed25519"]).claims
    assert 23 * HOUR < claims["exp"] - time.time() <= 24 * HOUR


def test_it_is_renewed_after_half_its_life(home: Home) -> None:
    before = home.service_token.read_text()
    service_token.renew(home)
    assert home.service_token.read_text() == before
    old = time.time() - 13 * HOUR
    os.utime(home.service_token, (old, old))
    service_token.renew(home)
    renewed = home.service_token.read_text()
    assert renewed != before
    home.service_token.unlink()
    service_token.renew(home)
    assert home.service_token.read_text() not in (before, renewed)


async def test_a_renewal_that_fails_is_tried_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed = asyncio.Event()
    outcomes = iter([OSError("the disk is full"), OSError("it is still full"), None])
    loop = asyncio.get_running_loop()

    def renew(_: Home) -> None:
        fault = next(outcomes)
        if fault is not None:
            raise fault
        loop.call_soon_threadsafe(renewed.set)

    monkeypatch.setattr(service_token, "renew", renew)
    monkeypatch.setattr(service_token, "LOOK_SECONDS", 0.01)
    keeping = asyncio.create_task(service_token.keep(home))
    await asyncio.wait_for(renewed.wait(), 10)
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
