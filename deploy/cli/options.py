"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path,
    typer.Option("--home", envvar="LINLI_HOME", help="Folder of this installation."),
]
PortOption = Annotated[
    int,
    typer.Option(
        "--port",
        envvar="LINLI_PORT",
        min=0,
        max=65535,
        help="Port on 127.0.0.1; 0 takes a free one.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object for a program.")]

DEFAULT_HOME = Path(".linli")
DEFAULT_PORT = 8000
