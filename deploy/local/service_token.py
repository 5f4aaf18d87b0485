"""The token by which the services of this machine ask one another for their feeds."""

import asyncio
import json
import os
import time

import structlog
from joserfc.jwk import OKPKey

from deploy.local.home import Home
from deploy.local.issuer import TokenRequest, sign

LIFETIME_SECONDS = 24 * 60 * 60
RENEWED_AFTER_SECONDS = 12 * 60 * 60
LOOK_SECONDS = 60.0
NOWHERE = "-"  # a service asks for feeds only, which are of no territory

log = structlog.get_logger()


def write(home: Home) -> None:
    """Sign a token of role `service` and put it in place in one step."""
    key = OKPKey.import_key(json.loads(home.issuer_key.read_text()))
    wanted = TokenRequest(id="services", roles=["service"], territory=NOWHERE)
    draft = home.service_token.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(sign(wanted, key, seconds=LIFETIME_SECONDS) + "\n")
    draft.replace(home.service_token)


def renew(home: Home) -> None:
    """Replace a token that is half as old as it may get, or gone. Raises OSError."""
    try:
        # by the clock on the wall: that of an event loop stands still while a machine sleeps
        age = time.time() - home.service_token.stat().st_mtime
    except FileNotFoundError:
        age = LIFETIME_SECONDS
    if age > RENEWED_AFTER_SECONDS:
        write(home)


async def keep(home: Home) -> None:
    """Renew the token in time, and try again when that fails; runs until cancelled."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await asyncio.to_thread(renew, home)
        except OSError as fault:
            log.error("service_token.not_renewed", exc_info=fault)
