"""`linli witness`: signs, on another machine, that the logs of a district have only grown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from deploy.local.fault import Fault
from deploy.local.supervisor import free_port
from deploy.witness.app import app_of
from deploy.witness.memory import Memory
from shared.core.notes import COSIGNED, BadNote, SigningKey
from shared.ops import logging
from shared.store import seal_keys
from shared.store.seal_keys import NoSealKey


def witness(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where it keeps all it knows.")],
    *,
    name: Annotated[str, typer.Option(help="What it signs as, such as witness.city.gov.")],
    address: Annotated[str, typer.Option(help="Where it listens.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8100,
) -> None:
    """Answer districts that show their checkpoints, and sign those that only add to the last.

    The first start makes a key in FOLDER/key and prints its public side: give it to the district,
    which puts it into the file of LINLI_SEALS__WITNESSES as a line `KEY URL`. Put the district's
    public keys (linli seals keys) into FOLDER/logs, a line each. It needs no database, and should
    run where nobody of the district may write.

    \b
    Example:
      linli witness /srv/witness --name witness.city.gov --address 0.0.0.0
    """
    logging.configure()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        key = _key(folder / "key", name)
        known = seal_keys.read_public(folder / "logs")
        memory = Memory(folder)
    except (OSError, NoSealKey, BadNote) as fault:
        raise Fault(f"cannot begin in {folder}: {fault}") from None
    typer.echo(f"{key.public}")
    if not known:
        raise Fault(
            f"no log is known yet: put the public keys of a district into {folder / 'logs'}"
        )
    taken = free_port(port) if address == "127.0.0.1" else port
    typer.echo(f"witness at http://{address}:{taken}")
    uvicorn.run(
        app_of(key, known, memory),
        host=address,
        port=taken,
        access_log=False,
        log_config=None,
        server_header=False,
    )


def _key(path: Path, name: str) -> SigningKey:
    if not path.exists():
        seal_keys.write_private(path, [seal_keys.made(name, COSIGNED)])
    key = seal_keys.read_private(path)[0]
    if (key.name, key.kind) != (name, COSIGNED):
        raise NoSealKey(f"the key there is of {key.name}")
    return key
