"""`docs/api/access.md`: who may do what where, written from the tables that are enforced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shared.core.access import Access, Grant, Public, Separation, Where
from shared.core.roles import NAMES, Role

HEAD = """# Who may do what 权限表

Written by `make docs` from each service's `access.py`, which is what is enforced: commands by the
executor, queries by their routes. What is not in a table, nobody may do.

| Mark | Where |
|---|---|
| ● | anywhere 全区 |
| ◐ | in the actor's territory and what lies in it 辖区内 |
| ◈ | there, and only what is with the actor's own unit or what it helps with 本单位主办或协办 |
| ◇ | there, and only what is with the actor's own unit 本单位 |
| ○ | only what is the actor's own 本人 |

Two people are always two, whatever their roles, one role or all of them: what that concerns stands
below the table of its service, with the rule of the aggregate that sees to it.
"""
MARKS: Mapping[Where, str] = {
    "anywhere": "●", "territory": "◐", "involved": "◈", "unit": "◇", "own": "○",
}  # fmt: skip

APART: Mapping[str, str] = {"person": "person 本人", "unit": "unit 单位"}
NEEDS: Mapping[Public, str] = {
    "nothing": "anyone 任何人",
    "code": "anyone with number and code 凭编号和查询码",
}


def page(tables: Mapping[str, Access]) -> str:
    """The whole page, a section a service."""
    return "\n".join([HEAD, *(line for name, one in tables.items() for line in _part(name, one))])


def _part(name: str, access: Access) -> Iterator[str]:
    grants = [grant for granted in access.actions.values() for grant in granted]
    roles = [role for role in NAMES if any(role in grant.roles for grant in grants)]
    yield f"## {name}\n"
    yield f"| | {' | '.join(f'{NAMES[role]} `{role}`' for role in roles)} |"
    yield f"|---|{'---|' * len(roles)}"
    for action, granted in access.actions.items():
        yield f"| `{action}` | {' | '.join(_mark(role, granted) for role in roles)} |"
    if access.fields:
        yield "\nFields that are shown to some only:\n"
        yield "| Field | Roles |\n|---|---|"
        for field, shown in sorted(access.fields.items()):
            yield f"| `{field}` | {', '.join(NAMES[role] for role in NAMES if role in shown)} |"
    if access.separations:
        yield "\nWhat two people have to do, whatever their roles 职责分离:\n"
        yield "| Whoever did | may not | told apart by | refused as | held in |"
        yield "|---|---|---|---|---|"
        yield from map(_line, access.separations)
    if access.public:
        yield "\nWithout a token 无需登录:\n"
        yield "| Operation | Who |\n|---|---|"
        yield from (f"| `{name}` | {NEEDS[need]} |" for name, need in access.public.items())
    yield ""


def _line(one: Separation) -> str:
    done = ", ".join(f"`{action}`" for action in one.done)
    then = f"`{one.then}`" + (f" of a {one.of}" if one.of else "")
    return f"| {done} | {then} | {APART[one.apart]} | `{one.code}` | `{one.rule.__module__}` |"


def _mark(role: Role, granted: Sequence[Grant]) -> str:
    return "".join(MARKS[grant.where] for grant in granted if role in grant.roles)
