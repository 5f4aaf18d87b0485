"""The tables a clerk could read are whole: no command without its states and its roles."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from shared.core.decider import Decider
from shared.core.messages import Command
from tests.architecture import tree

AGGREGATES = tree.aggregates()


def _commands(aggregate: Path) -> set[type[Command]]:
    module = tree.module(aggregate / "commands.py")
    return {
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Command)
        and value.__module__ == module.__name__
    }


def _union(aggregate: Path) -> set[type[Command]]:
    module = tree.module(aggregate / "commands.py")
    union = getattr(module, f"{aggregate.name.title().replace('_', '')}Command")
    return set(get_args(union) or (union,))


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=tree.name)
def test_every_command_is_in_the_union(aggregate: Path) -> None:
    assert _commands(aggregate) == _union(aggregate) != set()


@pytest.mark.parametrize("table", ["ALLOWED", "MAY"])
@pytest.mark.parametrize("aggregate", AGGREGATES, ids=tree.name)
def test_every_command_has_its_line_in_the_table(aggregate: Path, table: str) -> None:
    lines: Mapping[type[Command], Set[Any]] = getattr(tree.module(aggregate / "decider.py"), table)
    assert set(lines) == _union(aggregate)
    assert all(lines.values())


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=tree.name)
def test_the_tables_use_words_that_exist(aggregate: Path) -> None:
    decider = tree.module(aggregate / "decider.py")
    words = tree.module(aggregate.parent / "words.py")
    [state] = {type(v.initial) for v in vars(decider).values() if isinstance(v, Decider)}
    [status] = [field for field in fields(state) if field.name == "status"]
    known = get_type_hints(state)[status.name]
    assert set().union(*decider.ALLOWED.values()) <= set(get_args(known))
    assert set().union(*decider.MAY.values()) <= set(get_args(words.Role))


@pytest.mark.parametrize("path", [*tree.pure()], ids=tree.name)
def test_states_and_rows_are_frozen_and_have_nothing_behind_them(path: Path) -> None:
    module = tree.module(path)
    made = [v for v in vars(module).values() if isinstance(v, type) and is_dataclass(v)]
    for cls in (cls for cls in made if cls.__module__ == module.__name__):
        if issubclass(cls, Exception):
            continue
        assert vars(cls)["__dataclass_params__"].frozen, cls
        assert not hasattr(cls, "__post_init__"), cls
