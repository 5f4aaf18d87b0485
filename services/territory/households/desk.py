"""From a form about households to a command to the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.households.forms import HouseholdRegistration
from services.territory.households.rosters import building_at, household_of, stream_of
from services.territory.households.steps import Step, told
from services.territory.projections.households import HouseholdRow, households
from services.territory.roster.commands import Entry, RegisterHouseholds, RosterCommand
from services.territory.roster.decider import building_roster
from services.territory.service import Territory
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Form
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class HouseholdDesk:
    """Takes forms to the rosters of buildings.

    What is a building, and since when, is the map's to say: it is asked here, by what this process
    has read of it, and read again for a code that it does not know.
    """

    def __init__(self, service: Territory) -> None:
        self._service = service

    async def register(self, code: str, form: HouseholdRegistration, asking: Asking) -> Answer:
        """Several households of one building."""
        return await asking.first_or(self._registered(code, form, asking), self._service.executor)

    async def change(self, step: Step, household: UUID, form: Form, asking: Asking) -> Answer:
        """One step in the life of a household. Raises Problem (404)."""
        return await asking.first_or(
            self._changed(step, household, form, asking), self._service.executor
        )

    async def _registered(self, code: str, form: HouseholdRegistration, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        await self._check(code, meant["at"])
        entries = tuple(
            Entry(household_of(code, one.door), one.door, one.area_dm2) for one in form.households
        )
        return await self._do(RegisterHouseholds(building=code, entries=entries, **meant), asking)

    async def _changed(self, step: Step, household: UUID, form: Form, asking: Asking) -> Answer:
        row = await self._known(household)
        await self._service.map.fresh()
        about: dict[str, Any] = {"building": row.building, "household": household}
        return await self._do(
            step.command(**about, **told(form), **form.meant(asking.actor)), asking
        )

    async def _do(self, command: RosterCommand, asking: Asking) -> Answer:
        target = Target(building_roster, stream_of(command.building))
        return await self._service.executor.execute(single(target, command, asking.identity))

    async def _check(self, code: str, at: datetime) -> None:
        """Raises Rejected, or Problem (503) while the map is behind the log."""
        atlas = await self._service.map.fresh()
        if atlas.get(code) is None:
            await self._service.map.reach(await self._service.head())
        building_at(self._service.map.atlas, code, at)

    async def _known(self, household: UUID) -> HouseholdRow:
        row = await self._service.households.one(household)
        if row is None:
            await self._service.watermarks.reach(households.name, await self._service.head())
            row = await self._service.households.one(household)
        if row is None:
            raise Problem(404, "no_such_household", f"there is no household {household}")
        return row
