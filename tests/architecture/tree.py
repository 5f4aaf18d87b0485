"""Where things are: the rooms of the tree, found by their shape and not by a list."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent.parent
SERVICES = ROOT / "services"
BUILT = ("shared", "services", "deploy", "tests", "bench")
PURE = ("words.py", "access.py", "visibility.py", "publishing.py", "policies.py", "log.py")


def sources(*folders: str) -> list[Path]:
    """Every source file below these folders of the tree."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def services() -> list[Path]:
    """The folder of each service."""
    return sorted(path.parent for path in SERVICES.glob("*/__init__.py"))


def aggregates() -> list[Path]:
    """The folder of each aggregate: wherever there is a decider."""
    return sorted(path.parent for path in SERVICES.glob("*/*/decider.py"))


def projections() -> list[Path]:
    """The file of each read model."""
    return sorted(p for p in SERVICES.glob("*/projections/*.py") if p.stem != "__init__")


def pure() -> Iterator[Path]:
    """Every file that must do no I/O and know no clock, id or chance."""
    yield from (path for folder in aggregates() for path in sorted(folder.glob("*.py")))
    yield from projections()
    yield from sorted(SERVICES.glob("*/measures/*.py"))
    yield from (folder / name for folder in services() for name in PURE if (folder / name).exists())
    yield from sources("shared/core")


def module(path: Path) -> ModuleType:
    """The file or folder, imported."""
    return import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def name(path: Path) -> str:
    """The path as a reader would say it."""
    return str(path.relative_to(ROOT))
