"""The token by which the services of this machine ask one another for their feeds."""

import asyncio
import json
import os
import time
from pathlib import Path

import structlog
from joserfc.jwk import OKPKey

from deploy.local.environment import TERRITORIES
from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.issuer import TokenRequest, sign
from shared.ops.settings import KernelSettings, Misconfigured

LIFETIME_SECONDS = 24 * 60 * 60
RENEWED_AFTER_SECONDS = 12 * 60 * 60
LOOK_SECONDS = 60.0

log = structlog.get_logger()


def write(home: Home) -> None:
    """Sign a token of role `service` for the whole district and put it in place in one step.

    Raises Fault without a list of territories.
    """
    key = OKPKey.import_key(json.loads(home.issuer_key.read_text()))
    wanted = TokenRequest(id="services", roles=["service"], territory=_district())
    draft = home.service_token.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(sign(wanted, key, seconds=LIFETIME_SECONDS) + "\n")
    draft.replace(home.service_token)


def renew(home: Home) -> None:
    """Replace a token that is half as old as it may get, or gone. Raises Fault or OSError."""
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
        except (OSError, Fault) as fault:
            log.error("service_token.not_renewed", exc_info=fault)


def _district() -> str:
    path = Path(os.environ.get("LINLI_TERRITORIES_FILE", TERRITORIES))
    try:
        listed = KernelSettings.model_construct(territories_file=path).territories()
    except Misconfigured as fault:
        raise Fault(str(fault)) from None
    if not listed:
        raise Fault(f"LINLI_TERRITORIES_FILE: {path} lists no territory")
    return min(listed, key=lambda territory: territory.count("/"))
