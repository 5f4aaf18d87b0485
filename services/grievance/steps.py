"""The steps of a case over HTTP: a verb, the form it takes, the command it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.grievance import forms
from services.grievance.case import commands
from services.grievance.case.commands import CaseCommand
from shared.runtime.web.forms import Form


@dataclass(frozen=True)
class Step:
    """`POST /cases/{id}/<verb>` with this form becomes this command; equal names carry over."""

    form: type[Form]
    command: type[CaseCommand]


STEPS: Mapping[str, Step] = {
    "accept": Step(forms.Acceptance, commands.AcceptCase),
    "decline": Step(forms.Decline, commands.DeclineCase),
    "dispatch": Step(forms.Dispatch, commands.DispatchCase),
    "sign": Step(forms.Signature, commands.SignOrder),
    "reply": Step(forms.Reply, commands.SubmitReply),
    "callback": Step(forms.Callback, commands.RecordCallback),
    "close": Step(forms.Closing, commands.CloseCase),
    "reopen": Step(forms.Reopening, commands.ReopenCase),
    "correct": Step(forms.Correction, commands.CorrectCase),
}


def command(step: Step, form: Form, known: Mapping[str, Any]) -> CaseCommand:
    """The command of a filled form; `known` holds the sealed values, the time and the actor."""
    told = {name: getattr(form, name) for name in type(form).model_fields if name != "occurred_at"}
    return step.command(**{**told, **known})
