"""The text itself: files that can be read in one go, names that say something, SQL in its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import tree

LINES = 250
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base"}
SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|\bdelete\s+from\b|"
    r"\b(create|alter|drop)\s+(table|index|view|schema|database|role)\b|\btruncate\s+\w+|\bvacuum\b",
    re.IGNORECASE | re.DOTALL,
)
MAY_HOLD_SQL = re.compile(
    r"shared/store/.+|shared/testkit/databases\.py|"
    r"services/\w+/queries(/\w+)?\.py|deploy/local/.+"
)


def statements(source: str) -> Iterator[str]:
    """The SQL in this source; what a docstring says is none."""
    parsed = ast.parse(source)
    said = {id(node.value) for node in ast.walk(parsed) if isinstance(node, ast.Expr)}
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield from (found.group() for found in SQL.finditer(node.value))


@pytest.mark.parametrize(
    "path",
    [p for p in tree.sources("shared", "services", "deploy")
     if not MAY_HOLD_SQL.fullmatch(tree.name(p))],
    ids=tree.name,
)  # fmt: skip
def test_sql_is_written_only_where_the_tables_are_owned(path: Path) -> None:
    assert list(statements(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source", ["x = 'select * from event'", "f'update {t} set x'; y = 'insert  into event'"]
)
def test_this_would_be_found(source: str) -> None:
    assert list(statements(source))


def test_no_file_is_longer_than_a_reader_bears() -> None:
    lengths = {tree.name(p): len(p.read_bytes().splitlines()) for p in tree.sources(*tree.BUILT)}
    assert {name: lines for name, lines in lengths.items() if lines > LINES} == {}


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    places = {part for path in tree.sources(*tree.BUILT) for part in Path(tree.name(path)).parts}
    assert {place for place in places if place.removesuffix(".py") in NAMELESS} == set()


@pytest.mark.parametrize("path", tree.sources("shared", "services", "deploy"), ids=tree.name)
def test_a_file_says_in_its_first_line_what_it_is(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if source.strip():
        assert ast.get_docstring(ast.parse(source))
