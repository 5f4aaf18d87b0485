"""compose.yaml as Compose reads it: merged, with the defaults of its variables."""

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
FILE = ROOT / "compose.yaml"
DEFAULT = re.compile(r"\$\{\w+:-([^}]*)\}")

Container = dict[str, Any]


def compose() -> dict[str, Any]:
    """The whole file."""
    read: dict[str, Any] = YAML(typ="safe").load(DEFAULT.sub(r"\1", FILE.read_text("utf-8")))
    return read


def containers() -> dict[str, Container]:
    """What runs, by name."""
    found: dict[str, Container] = compose()["services"]
    return found


def own() -> dict[str, Container]:
    """The containers of our own image."""
    return {name: one for name, one in containers().items() if "build" in one}
