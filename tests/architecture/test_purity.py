"""What decides, folds and reacts is pure: the same facts in, the same facts out, for ever."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import tree

PURE = list(tree.pure())
BUILTINS = {"open", "print", "input", "eval", "exec", "compile", "breakpoint", "__import__"}
READS_A_CLOCK_OR_CHANCE = {
    "now", "utcnow", "today", "fromtimestamp", "astimezone", "monotonic", "perf_counter", "time_ns",
    "uuid1", "uuid3", "uuid4", "uuid5", "uuid6", "uuid7", "getnode", "urandom", "token_bytes",
    "token_hex", "getrandbits", "randrange", "choice", "shuffle", "getenv",
}  # fmt: skip
MODULES = {
    "asyncio", "asyncpg", "concurrent", "ctypes", "fastapi", "glob", "httpx", "io", "joserfc",
    "locale", "logging", "multiprocessing", "os", "pathlib", "platform", "random", "secrets",
    "shutil", "signal", "socket", "sqlite3", "starlette", "structlog", "subprocess", "sys",
    "tempfile", "threading", "time", "typer", "urllib", "zoneinfo",
}  # fmt: skip


def impurities(source: str) -> Iterator[str]:
    """What in this source is not pure, with its line."""
    for node in ast.walk(ast.parse(source)):
        for what in _of(node):
            yield f"line {getattr(node, 'lineno', 0)}: {what}"


def _of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.AsyncFunctionDef() | ast.Await() | ast.AsyncFor() | ast.AsyncWith():
            yield "waits"
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield f"changes {', '.join(names)} from afar"
        case ast.Import(names=names):
            yield from (f"imports {n.name}" for n in names if n.name.split(".")[0] in MODULES)
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in MODULES:
            yield f"imports {module}"
        case ast.ImportFrom(names=names):
            yield from (f"imports {n.name}" for n in names if n.name in READS_A_CLOCK_OR_CHANCE)
        case ast.Name(id=name) if name in BUILTINS:
            yield f"uses {name}"
        case ast.Attribute(attr=name) if name in READS_A_CLOCK_OR_CHANCE:
            yield f"uses {name}"


@pytest.mark.parametrize("path", PURE, ids=tree.name)
def test_it_is_pure(path: Path) -> None:
    assert list(impurities(path.read_text(encoding="utf-8"))) == []


def test_the_pure_rooms_were_found() -> None:
    found = {tree.name(path) for path in PURE}
    assert {
        "services/grievance/case/decider.py",
        "services/grievance/projections/case_register.py",
        "services/grievance/access.py",
        "services/grievance/words.py",
        "shared/core/history.py",
    } <= found


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nat = datetime.now()",
        "import datetime as d\nd.datetime.utcnow()",
        "from uuid import uuid4",
        "import uuid\nuuid.uuid4()",
        "import time\ntime.time()",
        "from time import time",
        "from random import choice",
        "import os.path",
        "text = open('file').read()",
        "async def decide(): ...",
        "read = open",
        "def f():\n    global count\n    count = 1",
    ],
)
def test_this_would_not_be_pure(source: str) -> None:
    assert list(impurities(source))
