"""Units over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from services.territory.organisation import places
from services.territory.organisation import unit_forms as forms
from services.territory.organisation.preparing import Prepared, Step, Told, target
from services.territory.queries.units import Units
from services.territory.service import Territory
from services.territory.unit import commands
from services.territory.unit.commands import FormUnit, NestUnit
from services.territory.unit.decider import decide_under, unit
from services.territory.unit.events import UnitEvent
from services.territory.unit.state import Unit


async def alone(_: Territory, told: Told) -> Prepared:
    """Nothing but the unit."""
    return Prepared(told, (target(unit, told["code"]),))


async def under(service: Territory, told: Told) -> Prepared:
    """The unit and the streams of all that it shall lie under, as far as that is known now."""
    parent = told["parent"]
    above = await Units(service.pool).above(parent) or [parent] if parent else []
    if told["code"] in above:
        above = above[: above.index(told["code"])]
    targets = (target(unit, code) for code in (told["code"], *above))
    return Prepared(told, tuple(targets), _decide_under)


async def formed(service: Territory, told: Told) -> Prepared:
    """The same, in a territory that is there."""
    places.there(service, told["territory"], told["at"])
    return await under(service, told)


async def linked(service: Territory, told: Told) -> Prepared:
    """The unit, with a territory that is there."""
    places.there(service, told["territory"], told["at"])
    return await alone(service, told)


async def dissolved(service: Territory, told: Told) -> Prepared:
    """The unit, and which units lie under it."""
    below = await Units(service.pool).below(told["code"], told["at"])
    return await alone(service, {**told, "below": tuple(below)})


def _decide_under(command: FormUnit | NestUnit, states: Sequence[Unit]) -> Sequence[UnitEvent]:
    return decide_under(command, states[0], states[1:])


ONE = "/units/{code}"
STEPS = (
    Step("/units", forms.Formation, commands.FormUnit, formed),
    Step(f"{ONE}/nest", forms.Nesting, commands.NestUnit, under),
    Step(f"{ONE}/dissolve", forms.Dissolution, commands.DissolveUnit, dissolved),
    Step(f"{ONE}/link", forms.Linking, commands.LinkUnit, linked),
    Step(f"{ONE}/unlink", forms.Unlinking, commands.UnlinkUnit, alone),
    Step(f"{ONE}/pledge", forms.PledgeForm, commands.MakePledge, alone),
    Step(f"{ONE}/fulfil", forms.Fulfilment, commands.FulfilPledge, alone),
    Step(f"{ONE}/aid", forms.Giving, commands.RecordAid, alone),
)
