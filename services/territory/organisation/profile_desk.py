"""Profiles over HTTP."""

from __future__ import annotations

from services.territory.organisation import places
from services.territory.organisation import profile_forms as forms
from services.territory.organisation.preparing import Prepared, Step, Told, target
from services.territory.profile import commands
from services.territory.profile.decider import profile
from services.territory.service import Territory


async def told_of(service: Territory, told: Told) -> Prepared:
    """The profile of a territory that is there."""
    places.there(service, told["territory"], told["at"])
    return Prepared(told, (target(profile, told["territory"]),))


async def managed(service: Territory, told: Told) -> Prepared:
    """The same, by a unit that is there, where one is named."""
    if told["unit"] is not None:
        await places.standing_unit(service, told["unit"], told["at"])
    return await told_of(service, told)


async def adopted(service: Territory, told: Told) -> Prepared:
    """The same, from a territory that is or was there."""
    places.known(service, told["adopted_from"], "adopted_from")
    return await told_of(service, told)


async def typed(service: Territory, told: Told) -> Prepared:
    """The same, with what the territory is."""
    kind = places.there(service, told["territory"], told["at"]).kind
    return await told_of(service, {**told, "kind": kind})


ONE = "/territories/{code}"
STEPS = tuple(
    Step(f"{ONE}/{verb}", form, command, prepare, named="territory")
    for verb, form, command, prepare in (
        ("management", forms.Management, commands.SetManagementMode, managed),
        ("handover", forms.HandoverStart, commands.StartHandover, managed),
        ("handover/accept", forms.HandoverEnd, commands.AcceptHandover, told_of),
        ("takeover", forms.TakingOver, commands.TakeOverManagement, managed),
        ("figures", forms.Declaration, commands.DeclareFigure, told_of),
        ("practices", forms.Adoption, commands.AdoptPractice, adopted),
        ("trainings", forms.TrainingForm, commands.HoldTraining, told_of),
        ("model", forms.Model, commands.AdoptGovernanceModel, told_of),
        ("block-type", forms.Typing, commands.AssignBlockType, typed),
    )
)
