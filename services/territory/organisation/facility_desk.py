"""Facilities over HTTP."""

from __future__ import annotations

from services.territory.facility import commands
from services.territory.facility.decider import facility
from services.territory.organisation import facility_forms as forms
from services.territory.organisation import places
from services.territory.organisation.preparing import Prepared, Step, Told, target
from services.territory.service import Territory


async def alone(_: Territory, told: Told) -> Prepared:
    """Nothing but the facility."""
    return Prepared(told, (target(facility, told["code"]),))


async def placed(service: Territory, told: Told) -> Prepared:
    """The facility, in a territory that is there, where one is named."""
    if told["territory"] is not None:
        places.there(service, told["territory"], told["at"])
    return await alone(service, told)


ONE = "/facilities/{code}"
STEPS = (
    Step("/facilities", forms.Planning, commands.PlanFacility, placed),
    Step(f"{ONE}/open", forms.Opening, commands.OpenFacility, placed),
    Step(f"{ONE}/functions", forms.FunctionForm, commands.AddFunction, alone),
    Step(f"{ONE}/functions/remove", forms.Withdrawal, commands.RemoveFunction, alone),
    Step(f"{ONE}/use", forms.Use, commands.RecordUse, alone),
    Step(f"{ONE}/assets", forms.Asset, commands.RegisterAsset, alone),
    Step(f"{ONE}/close", forms.FacilityClosing, commands.CloseFacility, alone),
)
