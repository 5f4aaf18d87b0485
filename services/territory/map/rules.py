"""What a change of the map must hold to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.territory.map.commands import MergeTerritories, SplitTerritory
from services.territory.map.standing import known, settled, standing, there
from shared.core.atlas.atlas import Atlas, New
from shared.core.atlas.kinds import GROUPS, may_lie_in
from shared.core.messages import Rejected

# Kinds that are merged and split: households stay with their building.
DIVISIBLE = frozenset({"subdistrict", "community", "neighbourhood", "grid", "lane"})


def registrable(atlas: Atlas, new: New, at: datetime) -> None:
    """Raises Rejected for a code that was used before, or a parent that cannot hold it."""
    unused(atlas, new.code)
    if new.parent is None:
        if new.kind != "district" or atlas.territories:
            raise Rejected("parent_missing", "only the district lies in nothing", "parent")
        return
    parent = there(atlas, new.parent, at, "parent")
    if not may_lie_in(new.kind, parent.kind):
        detail = f"a {new.kind} cannot lie in a {parent.kind}"
        raise Rejected("wrong_kind_of_parent", detail, "parent")


def unused(atlas: Atlas, code: str, field: str = "code") -> None:
    """Raises Rejected for a code that a territory has or had: what is recorded there keeps it."""
    if atlas.get(code) is not None:
        raise Rejected("code_taken", f"{code} is or was a territory; choose another code", field)


def movable(atlas: Atlas, code: str, parent: str, at: datetime) -> None:
    """Raises Rejected for a move into oneself, into what lies in oneself, or to a wrong kind."""
    moved = standing(atlas, code, at)
    target = there(atlas, parent, at, "parent")
    above: str | None = parent
    while above is not None:
        if above == code:
            raise Rejected("cycle", f"{parent} lies in {code}", "parent")
        above = known(atlas, above).parent(at)
    if moved.parent(at) == parent:
        raise Rejected("lies_there_already", f"{code} lies in {parent}", "parent")
    if not may_lie_in(moved.kind, target.kind):
        detail = f"a {moved.kind} cannot lie in a {target.kind}"
        raise Rejected("wrong_kind_of_parent", detail, "parent")


def joinable(atlas: Atlas, code: str, block: str, at: datetime) -> None:
    """Raises Rejected for what cannot be a member of it, or is one."""
    territory = standing(atlas, code, at)
    group = there(atlas, block, at, "block")
    if group.kind not in GROUPS or territory.kind in (*GROUPS, "district"):
        detail = f"a {territory.kind} cannot be a member of a {group.kind}"
        raise Rejected("not_a_block", detail, "block")
    if block in atlas.blocks(code, at):
        raise Rejected("member_already", f"{code} is a member of {block}", "block")


def leavable(atlas: Atlas, code: str, block: str, at: datetime) -> None:
    """Raises Rejected for what is no member of it."""
    standing(atlas, code, at)
    if block not in atlas.blocks(code, at):
        raise Rejected("not_a_member", f"{code} is no member of {block}", "block")


def mergeable(atlas: Atlas, command: MergeTerritories) -> New:
    """What they become. Raises Rejected."""
    if len(set(command.codes)) < 2 or len(set(command.codes)) < len(command.codes):
        raise Rejected("name_two_or_more", "name two territories or more, each once", "codes")
    merged = [settled(atlas, code, command.at, "codes") for code in command.codes]
    kinds = {territory.kind for territory in merged}
    if len(kinds) > 1 or not kinds <= DIVISIBLE:
        detail = f"of one kind, and of {', '.join(sorted(DIVISIBLE))}; these are {', '.join(kinds)}"
        raise Rejected("cannot_merge", detail, "codes")
    parents = {territory.parent(command.at) for territory in merged}
    parent = command.parent or (parents.pop() if len(parents) == 1 else None)
    if parent is None:
        raise Rejected("parent_missing", "they lie in several: say where it shall lie", "parent")
    new = New(command.code, merged[0].kind, command.name, parent)
    registrable(atlas, new, command.at)
    if parent in command.codes:
        raise Rejected("cycle", f"{parent} is merged itself", "parent")
    return new


def splittable(atlas: Atlas, command: SplitTerritory) -> list[New]:
    """What becomes of it. Raises Rejected when anything in it would be left over."""
    whole = settled(atlas, command.code, command.at)
    if whole.kind not in DIVISIBLE:
        detail = f"a {whole.kind} cannot be split; {', '.join(sorted(DIVISIBLE))} can"
        raise Rejected("cannot_split", detail, "code")
    if len(command.names) < 2 or set(command.names) != set(command.takes):
        raise Rejected("name_two_or_more", "name two parts or more, and what goes into each",
                       "parts")  # fmt: skip
    inner = atlas.inner(command.code, command.at)
    _assigned_once(command.takes.values(), inner, command.code)
    parent = whole.parent(command.at)
    new = [New(code, whole.kind, name, parent) for code, name in command.names.items()]
    for part in new:
        registrable(atlas, part, command.at)
    return new


def renamable(atlas: Atlas, code: str, at: datetime) -> None:
    """Raises Rejected for a territory that has ended, or that was renamed after `at`."""
    since, name = there(atlas, code, at).names[-1]
    if at < since:
        detail = f"{code} is called {name} since {since.isoformat()}"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


def closable(atlas: Atlas, code: str, at: datetime) -> None:
    """Raises Rejected while anything lies in it or is a member of it."""
    settled(atlas, code, at)
    inside = [one for one in atlas.below.get(code, ()) if code in atlas.roots(one, at)]
    if inside:
        detail = f"these lie in it: {', '.join(inside[:10])}"
        raise Rejected("not_empty", detail, "code")


def _assigned_once(takes: Iterable[Iterable[str]], inner: list[str], code: str) -> None:
    taken = [one for part in takes for one in part]
    if left := [one for one in inner if one not in taken]:
        detail = f"these would be left over, with their households: {', '.join(left)}"
        raise Rejected("not_all_assigned", detail, "parts")
    strange = [one for one in taken if one not in inner]
    if strange or len(set(taken)) < len(taken):
        twice = sorted({one for one in taken if taken.count(one) > 1})
        detail = f"not directly in {code}, or named twice: {', '.join([*strange, *twice])}"
        raise Rejected("wrongly_assigned", detail, "parts")
