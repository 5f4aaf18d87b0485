"""`linli keys`: which master key wraps the keys of persons, and another one in its place."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typer

from deploy.cli import key_stores
from deploy.cli.key_stores import Found
from deploy.cli.opened import inside
from deploy.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from deploy.local.fault import Fault
from deploy.local.home import Home, new_master, write_private
from shared.ops.settings import KernelSettings
from shared.store.masters import mark

app = typer.Typer(no_args_is_help=True, help="The master key and what it wraps.")


@app.callback()
def _group() -> None:
    """The master key and what it wraps."""


@app.command()
def status(*, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Print the master keys of every key store, and how many keys each of them wraps.

    A master key is shown by its mark, which opens nothing.

    \b
    Example:
      linli keys status
    """
    found = inside(home, key_stores.read)
    if as_json:
        typer.echo(json.dumps(found.told()))
        return
    typer.echo(f"present {mark(found.masters[0]).hex()}, before it {_marks(found.masters[1:])}")
    for store in found.stores:
        for one in store.generations:
            name = one.mark.hex() if one.mark else ""
            whole = f"whole since {one.whole_at:%Y-%m-%d %H:%M}Z" if one.whole_at else "not whole"
            typer.echo(f"{store.service}: {one.number}  {name}  {one.keys} keys  {whole}")
    _advise(found)


@app.command()
def rotate(*, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Put a new master key in the place of the present one, while everything runs.

    The new one is written into the file of the master key, above the one before; then every key of
    every service is wrapped anew. Stopped at any point, it goes on where it was when it is called
    again. What is derived from the master key, such as what cases are searched by, stays as it is.
    Where the file is not this home's own: write the new key above the old one yourself, restart
    every process, and call this.

    \b
    Example:
      linli keys rotate
      linli keys retire
    """
    place = Home(home.resolve())
    with place.keys_held():
        if len(inside(home, key_stores.read).masters) == 1:
            _check_ours(place)
            before = place.master_key.read_bytes().strip()
            write_private(place.master_key, new_master() + b"\n" + before)
        moved = inside(home, lambda: key_stores.rewrap_all(quiet=as_json))
        found = inside(home, key_stores.read)
    if as_json:
        typer.echo(json.dumps({"rewrapped": moved, **found.told()}))
        return
    typer.echo(f"{mark(found.masters[0]).hex()}: {moved} keys wrapped anew")
    _advise(found)


@app.command()
def retire(*, home: HomeOption = DEFAULT_HOME) -> None:
    """Remove the master keys before the present one from this home.

    Refused while any key store needs one of them. Keep a copy of what you remove for as long as you
    keep backups of key stores that were made before.

    \b
    Example:
      linli keys retire
    """
    place = Home(home.resolve())
    with place.keys_held():
        found = inside(home, key_stores.read)
        if found.late:
            raise Fault(f"{', '.join(found.late)}: still needed; first: linli keys rotate")
        _check_ours(place)
        write_private(place.master_key, place.master_key.read_bytes().split()[0])
    typer.echo(f"removed: {_marks(found.masters[1:])}")


def _check_ours(place: Home) -> None:
    told = KernelSettings()
    if told.master_key is not None or told.master_key_file != place.master_key:
        raise Fault(
            "the master key is kept elsewhere: in the file that LINLI_MASTER_KEY_FILE names, write "
            "the new one above the old one, restart every process, and call this again; once all "
            "is whole, take the old one out and restart again"
        )


def _advise(found: Found) -> None:
    if found.late:
        typer.echo("not every key is wrapped by the present one; go on with: linli keys rotate")
    elif len(found.masters) > 1:
        typer.echo(
            "nothing here needs those before it. Put a copy of the present one in a safe place, "
            "then: linli keys retire"
        )


def _marks(masters: Sequence[bytes]) -> str:
    return ", ".join(mark(one).hex() for one in masters) or "none"
