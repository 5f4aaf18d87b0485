"""From a form to a command to the log: the one path every command about organisation takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.territory.access import ACCESS
from services.territory.organisation.preparing import Prepared, Step
from services.territory.service import Territory
from shared.core.access import Reach, action_of
from shared.core.messages import Command, Event
from shared.runtime.commands.submission import Identity, Submission
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Form
from shared.store.load import Answer

# What a command is checked against beside its own stream.
BESIDE = ("org_units", "unit_placements")


class OrganisationDesk:
    """Takes forms to the log."""

    def __init__(self, service: Territory) -> None:
        self._service = service

    async def take(
        self, step: Step, names: Mapping[str, str], form: Form, asking: Asking
    ) -> Answer:
        """One command; `names` are those in the path."""
        return await asking.first_or(self._taken(step, names, form, asking), self._service.executor)

    async def _taken(
        self, step: Step, names: Mapping[str, str], form: Form, asking: Asking
    ) -> Answer:
        service = self._service
        # what is there and who may do what is judged by what is on record at this moment
        head = await service.head()
        await service.map.reach(head)
        ACCESS.reach(asking.actor, action_of(step.command), Reach(), service.map.within)
        for model in BESIDE:
            await service.watermarks.reach(model, head)
        told = {**_plain(form), **names, **form.meant(asking.actor)}
        prepared = await step.prepare(service, told)
        asked = submission(prepared, step.command, asking.identity)
        return await service.executor.execute(asked)


def submission(prepared: Prepared, command: type[Command], identity: Identity) -> Submission:
    """The command on its way: the first target changes, by the states of all; the others only must
    not change meanwhile."""
    asked, decide_over = command(**prepared.told), prepared.decide
    if decide_over is None:
        return Submission(identity, asked, prepared.targets)

    def decide(states: Sequence[Any]) -> Sequence[Sequence[Event]]:
        return [decide_over(asked, states), *([] for _ in states[1:])]

    return Submission(identity, asked, prepared.targets, decide)


def _plain(form: Form) -> dict[str, Any]:
    own = type(form).model_fields.keys() - Form.model_fields.keys()
    told: dict[str, Any] = form.told() if hasattr(form, "told") else {}
    return {name: getattr(form, name) for name in own} | told
