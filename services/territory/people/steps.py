"""What may be asked of a resident over HTTP: a verb, the form it takes, the command it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.territory.people import forms
from services.territory.resident import commands
from services.territory.resident.commands import ResidentCommand
from shared.runtime.web.forms import Form


@dataclass(frozen=True)
class Step:
    """`POST /residents/{id}/<verb>` with this form becomes this command; equal names carry over."""

    form: type[Form]
    command: type[ResidentCommand]


STEPS: Mapping[str, Step] = {
    "contact": Step(forms.ContactChange, commands.ChangeContact),
    "move": Step(forms.ResidentMove, commands.MoveResident),
    "leave": Step(forms.Leaving, commands.RecordLeaving),
    "return": Step(forms.Return, commands.RecordReturn),
    "declare-relative": Step(forms.Relative, commands.DeclareRelative),
    "withdraw-relative": Step(forms.RelativeNoMore, commands.WithdrawRelative),
    "give-consent": Step(forms.Consent, commands.GiveConsent),
    "withdraw-consent": Step(forms.Consent, commands.WithdrawConsent),
    "tag": Step(forms.Care, commands.TagCare),
    "untag": Step(forms.Care, commands.UntagCare),
}


def command(step: Step, form: Form, known: Mapping[str, Any]) -> ResidentCommand:
    """The command of a filled form; `known` holds the sealed values, the time and the actor."""
    told = {name: getattr(form, name) for name in type(form).model_fields if name != "occurred_at"}
    return step.command(**{**told, **known})
