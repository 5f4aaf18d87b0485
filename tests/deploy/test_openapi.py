"""The API descriptions in docs/api are what the services serve."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STALE = (
    "from deploy.local.openapi import descriptions;"
    "print(*[p.name for p, text in descriptions().items()"
    " if not p.exists() or p.read_text() != text])"
)


def test_the_described_api_is_the_served_one() -> None:
    # a process of its own: reading settings needs variables that other tests must not see
    done = subprocess.run(
        [sys.executable, "-c", STALE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("\n", ""), "make docs writes them anew"
