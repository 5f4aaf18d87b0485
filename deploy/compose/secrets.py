"""Keys and passwords of an installation in containers: ``python -m deploy.compose.secrets FOLDER``.

Made once. What is there already is never written again: put your identity provider's keys there as
``jwks`` and its token for the services as ``service_token`` first, and they are used.
"""

import base64
import json
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from joserfc.jwk import OKPKey

from deploy.compose.token import ISSUER_KEY, signed
from deploy.local.databases import SERVICES
from deploy.local.fault import Fault
from deploy.local.home import MASTER_KEY_BYTES
from deploy.local.issuer import TokenRequest
from shared.store import seal_keys

MASTER_KEY, SEAL_KEY = "master_key", "seal_key"
PASSWORD = "_password"
ROLES = ("postgres", *(f"{one.name}{kind}" for one in SERVICES for kind in ("", "_owner")))
SERVICE_TOKEN_DAYS = 365
PRIVATE = 0o400
# Accounts that own nothing here read it in a container; the folder keeps all others out.
MOUNTED = 0o444


def make(folder: Path, territory: str) -> Iterator[str]:
    """Make what is missing; yields the name of each file made.

    Raises Fault when others may enter the folder, when its master key is gone, or when someone
    else must sign the services' token.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise Fault(f"others may read {folder}; close it first: chmod 700 {folder}")
    if any(folder.glob(f"*{PASSWORD}")) and not (folder / MASTER_KEY).exists():
        raise Fault(f"{folder / MASTER_KEY} is gone: the data cannot be read without it")
    yield from _once(folder / MASTER_KEY, _master_key)
    yield from _once(
        folder / SEAL_KEY, lambda: seal_keys.line(seal_keys.made(f"linli.{territory}"))
    )
    if not (folder / "jwks").exists():
        yield from _once(folder / ISSUER_KEY, _issuer_key, mode=PRIVATE)
        yield from _once(folder / "jwks", lambda: _public(folder))
    yield from _once(folder / "service_token", lambda: _service_token(folder, territory))
    for role in ROLES:
        yield from _once(folder / f"{role}{PASSWORD}", lambda: secrets.token_hex(32))


def _once(path: Path, content: Callable[[], str], *, mode: int = MOUNTED) -> Iterator[str]:
    if path.exists():
        return
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content() + "\n")
        os.fchmod(file.fileno(), mode)
        file.flush()
        os.fsync(file.fileno())
    os.link(draft, path)  # unlike a rename, this replaces nothing
    draft.unlink()
    yield path.name


def _master_key() -> str:
    return base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode()


def _issuer_key() -> str:
    key = OKPKey.generate_key("Ed25519", {"alg": "Ed25519", "use": "sig"}, auto_kid=True)
    return json.dumps(key.as_dict(private=True))


def _public(folder: Path) -> str:
    issuer = OKPKey.import_key(json.loads((folder / ISSUER_KEY).read_text()))
    return json.dumps({"keys": [issuer.as_dict(private=False)]})


def _service_token(folder: Path, territory: str) -> str:
    if not (folder / ISSUER_KEY).exists():
        raise Fault(f"{folder / 'service_token'}: your identity provider signs it, role `service`")
    wanted = TokenRequest(id="services", roles=["service"], territory=territory)
    return signed(wanted, folder, days=SERVICE_TOKEN_DAYS)


def main(
    folder: Annotated[Path, typer.Argument(help="Where they are kept; made if it is not there.")],
    territory: Annotated[str, typer.Option(help="The district.")] = "shili",
) -> None:
    """Make the keys and passwords that are not there yet."""
    try:
        for name in make(folder, territory):
            typer.echo(f"made {folder / name}")
    except (Fault, OSError) as fault:
        typer.echo(f"secrets: {fault}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    typer.run(main)
