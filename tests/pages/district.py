"""A district of its own to look at: all of Linli in a home that is thrown away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from deploy.local.postgres import EmbeddedPostgres

ROOT = Path(__file__).parents[2]
SECONDS = 180


class Installed(NamedTuple):
    """Where it answers, its home, and `linli` for it: the words of a command to what it prints."""

    url: str
    home: Path
    linli: Callable[..., str]


@contextmanager
def district(*options: str, told: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of an installation started with these options of `linli up`."""
    with installed(*options, told=told) as made:
        yield made.url


@contextmanager
def installed(*options: str, told: Mapping[str, str] | None = None) -> Iterator[Installed]:
    """The same, with what its operator has."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pages-"))
    folder.chmod(0o755)
    home = folder / "home"
    environment = {**os.environ, "LINLI_HOME": str(home), "LINLI_PORT": "0", **(told or {})}

    def linli(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "deploy.cli.main", *arguments],
            cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=SECONDS,
        ).stdout  # fmt: skip

    try:
        yield Installed(linli("up", "--detach", *options).split()[-1], home, linli)
    finally:
        linli("down")
        EmbeddedPostgres(home).purge()
        shutil.rmtree(folder)
