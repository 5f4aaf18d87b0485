"""The tables a clerk could read are whole: no command without its states and its roles."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from shared.core.access import action_of
from shared.core.decider import Decider
from shared.core.messages import Command
from shared.core.roles import NAMES, Role
from tests.architecture import tree

AGGREGATES = tree.aggregates()
WITH_STATES = [one for one in AGGREGATES if hasattr(tree.module(one / "decider.py"), "ALLOWED")]


def _commands(aggregate: Path) -> set[type[Command]]:
    return {
        value
        for module in map(tree.module, aggregate.glob("*commands.py"))
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


@pytest.mark.parametrize("aggregate", WITH_STATES, ids=tree.name)
def test_every_command_has_its_states_and_they_exist(aggregate: Path) -> None:
    decider = tree.module(aggregate / "decider.py")
    lines: Mapping[type[Command], Set[Any]] = decider.ALLOWED
    assert set(lines) == _union(aggregate)
    assert all(lines.values())
    [state] = {type(v.initial) for v in vars(decider).values() if isinstance(v, Decider)}
    [status] = [field for field in fields(state) if field.name == "status"]
    assert set().union(*lines.values()) <= set(get_args(get_type_hints(state)[status.name]))


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=tree.name)
def test_every_command_is_somebodys_to_give(aggregate: Path) -> None:
    decider = tree.module(aggregate / "decider.py")
    given: dict[str, Set[Any]] = {action_of(c): roles for c, roles in _may(decider).items()}
    if (aggregate.parent / "access.py").exists():
        actions = tree.module(aggregate.parent / "access.py").ACCESS.actions
        given |= {
            name: {r for one in grants for r in one.roles} for name, grants in actions.items()
        }
    for command in _union(aggregate):
        assert given[action_of(command)]
        assert given[action_of(command)] <= set(NAMES)


def _may(decider: Any) -> Mapping[type[Command], Set[Any]]:
    may: Mapping[type[Command], Set[Any]] = getattr(decider, "MAY", {})
    return may


def test_every_role_has_a_name() -> None:
    assert set(get_args(Role)) == set(NAMES)


@pytest.mark.parametrize("path", [*tree.pure()], ids=tree.name)
def test_states_and_rows_are_frozen_and_have_nothing_behind_them(path: Path) -> None:
    module = tree.module(path)
    made = [v for v in vars(module).values() if isinstance(v, type) and is_dataclass(v)]
    for cls in (cls for cls in made if cls.__module__ == module.__name__):
        if issubclass(cls, Exception):
            continue
        assert vars(cls)["__dataclass_params__"].frozen, cls
        assert not hasattr(cls, "__post_init__"), cls


@pytest.mark.parametrize("service", tree.services(), ids=tree.name)
def test_what_an_aggregate_forbids_is_on_the_page_of_access(service: Path) -> None:
    """A rule that needs two people is declared, and what is declared is one of an aggregate."""
    folders = [one for one in AGGREGATES if one.parent == service]
    forbidden = {
        node.args[0].value
        for path in (path for folder in folders for path in folder.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Forbidden"
        if isinstance(node.args[0], ast.Constant)
    }
    access = tree.module(service / "access.py").ACCESS
    assert forbidden == {one.code for one in access.separations}
    for one in access.separations:
        assert {*one.done, one.then} <= access.actions.keys()
        assert tree.ROOT.joinpath(*one.rule.__module__.split(".")).parent in folders
