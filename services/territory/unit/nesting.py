"""Units under units. The units above one are streams of their own, and a command that puts one
under another is decided over all of them: the log refuses it if any of them changed meanwhile, so
two commands at once cannot make a circle."""

from __future__ import annotations

from collections.abc import Sequence

from services.territory.unit.commands import FormUnit, NestUnit
from services.territory.unit.rules import standing
from services.territory.unit.state import Unit
from services.territory.unit.words import PARENTS, UnitKind
from shared.core.messages import Rejected


def nestable_under(command: FormUnit | NestUnit, unit: Unit, above: Sequence[Unit]) -> None:
    """Raises Rejected for a circle, a parent that is not there or of a kind that cannot be one.

    `above` begins with the parent and ends with the unit that lies under none.
    """
    if command.parent is None:
        return
    if command.parent == command.code:
        raise Rejected("cycle", f"{command.code} cannot lie under itself", "parent")
    _whole(command, above)
    parent = above[0]
    try:
        standing(parent, command.parent, command.at)
    except Rejected as no:
        raise Rejected(no.code, no.detail, "parent" if no.field == "code" else no.field) from None
    kind: UnitKind | None = command.kind if isinstance(command, FormUnit) else unit.kind
    if kind is not None and parent.kind not in PARENTS.get(kind, (parent.kind,)):
        detail = f"a {kind} cannot lie under a {parent.kind}"
        raise Rejected("wrong_kind_of_parent", detail, "parent")


def _whole(command: FormUnit | NestUnit, above: Sequence[Unit]) -> None:
    expected = command.parent
    for one in above:
        if expected == command.code or one.code not in ("", expected):
            break
        expected = one.parent
    if expected == command.code:
        detail = f"{command.parent} lies under {command.code}"
        raise Rejected("cycle", detail, "parent")
    if expected is not None:
        detail = "what lies above it was changed at this moment: send it again"
        raise Rejected("changed_meanwhile", detail)
