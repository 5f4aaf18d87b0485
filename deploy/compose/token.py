"""A token signed with an installation's own key: ``python -m deploy.compose.token FOLDER ID …``.

Stands in for the district's identity provider where there is none yet. Whoever can read the folder
can be anyone.
"""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from joserfc.jwk import OKPKey

from deploy.local.issuer import TokenRequest, sign

ISSUER_KEY = "issuer_key"
DAY_SECONDS = 24 * 60 * 60


def signed(wanted: TokenRequest, folder: Path, *, days: int) -> str:
    """An access token, good for so many days from now. Raises OSError without the key."""
    key = OKPKey.import_key(json.loads((folder / ISSUER_KEY).read_text()))
    return sign(wanted, key, seconds=days * DAY_SECONDS)


def main(
    folder: Annotated[Path, typer.Argument(help="Where deploy.compose.secrets keeps the keys.")],
    bearer: Annotated[str, typer.Argument(metavar="ID", help="Who the bearer is to be.")],
    role: Annotated[list[str], typer.Option(help="May be given more than once.")],
    territory: Annotated[str, typer.Option(help="A path of the list of territories.")],
    unit: Annotated[str | None, typer.Option(help="The unit the bearer works for.")] = None,
) -> None:
    """Print a token good for a day."""
    wanted = TokenRequest(id=bearer, roles=role, territory=territory, unit=unit)
    try:
        typer.echo(signed(wanted, folder, days=1))
    except OSError as fault:
        typer.echo(f"token: {fault}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    typer.run(main)
