"""The changes of the map over HTTP: a verb, the form it takes, the command it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.territory import forms
from services.territory.map.commands import (
    AssignToBlock,
    CloseTerritory,
    LeaveBlock,
    MapCommand,
    MergeTerritories,
    MoveTerritory,
    RegisterTerritories,
    RenameTerritory,
    SplitTerritory,
)
from shared.runtime.web.forms import Form


@dataclass(frozen=True)
class Change:
    """`POST <path>` with this form becomes this command; `told` gives what the form says of it,
    and a code in the path is the command's `code`."""

    path: str
    form: type[Form]
    command: type[MapCommand]
    told: Callable[[Any], Mapping[str, Any]]


def _plain(form: Form) -> dict[str, Any]:
    return {
        name: getattr(form, name)
        for name in type(form).model_fields
        if name not in Form.model_fields
    }


def _new(form: forms.Registration) -> dict[str, Any]:
    return {"territories": tuple(one.new() for one in form.territories)}


def _parts(form: forms.Split) -> dict[str, Any]:
    return {
        "names": {part.code: part.name for part in form.parts},
        "takes": {part.code: part.takes for part in form.parts},
    }


ONE = "/territories/{code}"
CHANGES = (
    Change("/territories", forms.Registration, RegisterTerritories, _new),
    Change("/mergers", forms.Merger, MergeTerritories, _plain),
    Change(f"{ONE}/rename", forms.Renaming, RenameTerritory, _plain),
    Change(f"{ONE}/move", forms.Moving, MoveTerritory, _plain),
    Change(f"{ONE}/assign", forms.Membership, AssignToBlock, _plain),
    Change(f"{ONE}/leave", forms.Membership, LeaveBlock, _plain),
    Change(f"{ONE}/split", forms.Split, SplitTerritory, _parts),
    Change(f"{ONE}/close", forms.Closing, CloseTerritory, _plain),
)
