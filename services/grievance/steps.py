"""The steps of a case over HTTP: a verb, the form it takes, the command it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.grievance import forms, order_forms, oversight_forms
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
    "bounce": Step(order_forms.Bounce, commands.BounceOrder),
    "remit": Step(order_forms.Remit, commands.DecideRemit),
    "reply": Step(forms.Reply, commands.SubmitReply),
    "contact": Step(order_forms.Contact, commands.ContactRequester),
    "progress": Step(order_forms.Progress, commands.NoteProgress),
    "assign": Step(order_forms.Assistance, commands.AssignAssist),
    "assist": Step(order_forms.Assisted, commands.GiveAssist),
    "prolong": Step(order_forms.Prolonging, commands.RequestExtension),
    "allow": Step(order_forms.Prolonged, commands.DecideExtension),
    "callback": Step(forms.Callback, commands.RecordCallback),
    "inspect": Step(oversight_forms.Inspection, commands.VerifySite),
    "redo": Step(oversight_forms.Redo, commands.OrderRedo),
    "close": Step(forms.Closing, commands.CloseCase),
    "shelve": Step(order_forms.Shelving, commands.ShelveCase),
    "review": Step(order_forms.Review, commands.ReviewShelved),
    "raise": Step(oversight_forms.Raising, commands.RaiseLevel),
    "watch": Step(oversight_forms.Watch, commands.OpenSupervision),
    "unwatch": Step(oversight_forms.Watch, commands.EndSupervision),
    "exclude": Step(oversight_forms.Exclusion, commands.RequestExclusion),
    "judge": Step(oversight_forms.Excluded, commands.DecideExclusion),
    "verify": Step(oversight_forms.Finding, commands.VerifyClue),
    "withdraw": Step(forms.Withdrawal, commands.WithdrawPetition),
    "reopen": Step(forms.Reopening, commands.ReopenCase),
    "correct": Step(forms.Correction, commands.CorrectCase),
}

KINDS = {"array": "files", "boolean": "yes_no", "integer": "number"}
PROSE = 1_000  # characters from which on a text is more than a line


class Field(NamedTuple):
    """Something a form asks: a `choice` of `options`, `yes_no`, a `number`, a `day`, a `line`, a
    `text`, or `files`: the words for some that were uploaded before."""

    name: str
    kind: str
    required: bool
    options: list[str]


def fields(step: Step) -> list[Field] | None:
    """What the form of this step asks, the time of a late entry aside; None where it is not a
    matter of single fields."""
    schema = step.form.model_json_schema()
    needed = schema.get("required", ())
    own = [name for name in schema["properties"] if name not in Form.model_fields]
    found = [_field(name, schema["properties"][name], name in needed) for name in own]
    return None if None in found else [field for field in found if field is not None]


def _field(name: str, told: Mapping[str, Any], required: bool) -> Field | None:
    [told] = [one for one in told.get("anyOf", [told]) if one.get("type") != "null"]
    if "enum" in told:
        return Field(name, "choice", required, list(told["enum"]))
    if told["type"] in KINDS:
        return Field(name, KINDS[told["type"]], required, [])
    if told.get("format") == "date":
        return Field(name, "day", required, [])
    if told["type"] == "string":
        return Field(name, "text" if told["maxLength"] > PROSE else "line", required, [])
    return None


def command(step: Step, form: Form, known: Mapping[str, Any]) -> CaseCommand:
    """The command of a filled form; `known` holds the sealed values, the time and the actor."""
    told = {name: getattr(form, name) for name in type(form).model_fields if name != "occurred_at"}
    return step.command(**{**told, **known})
