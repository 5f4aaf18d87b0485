"""A house of its own for a test that kills what lives in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.home import Home
from tests.faults.house import House


@pytest.fixture
def house() -> Iterator[House]:
    """PostgreSQL, broker, web process and worker, running."""
    folder = Path(tempfile.mkdtemp(prefix="linli-faults-"))
    folder.chmod(0o755)
    made = House(Home(folder))
    try:
        made.open()
        yield made
    finally:
        made.close()
        shutil.rmtree(folder)
