"""Folders, and the command line run as a person would run it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deploy.local.postgres import EmbeddedPostgres
from deploy.local.smoke import told_of

ROOT = Path(__file__).parents[2]
SECONDS = 60


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can walk to, which tmp_path is not."""
    folder = Path(tempfile.mkdtemp(prefix="linli-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@dataclass
class Installation:
    """One home, and the command line over the stand-in programs."""

    home: Path
    misbehaviour: str = ""
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str, port: int = 0) -> subprocess.Popen[str]:
        """A command in a session of its own, as from another terminal."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.deploy.stand_in_cli", *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "LINLI_HOME": str(self.home),
                "LINLI_PORT": str(port),
                "LINLI_STAND_IN": self.misbehaviour,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def run(self, *arguments: str, port: int = 0) -> tuple[int, str, str]:
        """The exit code, standard output and standard error of a command."""
        process = self.start(*arguments, port=port)
        out, err = process.communicate(timeout=SECONDS)
        return process.returncode, out, err

    def up(self, *arguments: str) -> tuple[subprocess.Popen[str], str]:
        """A supervisor in the foreground, and its address once it is ready."""
        process = self.start("up", *arguments)
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("ready "):
            pytest.fail(f"not ready: {line}{process.communicate()[1]}")
        return process, line.removeprefix("ready ").strip()

    def left(self) -> set[int]:
        """Every process that was told of this home and still runs."""
        return told_of(self.home)

    def diary(self) -> list[str]:
        """What the stand-ins have noted."""
        return (self.home / "diary").read_text().splitlines()

    def clear(self) -> None:
        """End whatever a failed test has left."""
        for pid in self.left():
            os.kill(pid, signal.SIGKILL)
        for process in self.started:
            process.communicate(timeout=SECONDS)
        EmbeddedPostgres(self.home).purge()


@pytest.fixture
def installation(open_folder: Path) -> Iterator[Installation]:
    """An installation in an empty home."""
    it = Installation(open_folder / "home")
    yield it
    it.clear()
