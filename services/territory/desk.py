"""From a form to a command to the log: the one path every HTTP command takes."""

from __future__ import annotations

from services.territory.access import ACCESS
from services.territory.households.rosters import emptied
from services.territory.map.commands import CloseTerritory
from services.territory.map.decider import district_map
from services.territory.map.stream import MAP
from services.territory.service import Territory
from services.territory.steps import Change
from shared.core.access import Thing
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Form
from shared.store.load import Answer


class Desk:
    """Takes forms to the log."""

    def __init__(self, service: Territory) -> None:
        self._service = service

    async def change(self, change: Change, code: str | None, form: Form, asking: Asking) -> Answer:
        """One change of the map."""
        return await asking.first_or(
            self._changed(change, code, form, asking), self._service.executor
        )

    async def _changed(
        self, change: Change, code: str | None, form: Form, asking: Asking
    ) -> Answer:
        # who may change what is judged by the map as it is, not as it was a moment ago
        await self._service.map.reach(await self._service.head())
        told = {**change.told(form), **form.meant(asking.actor)}
        if code is not None:
            told["code"] = code
        if change.command is CloseTerritory and code is not None:
            ACCESS.check(asking.actor, "close_territory", Thing((code,)), self._service.map.within)
            await emptied(self._service.pool, code)
        submission = single(Target(district_map, MAP), change.command(**told), asking.identity)
        return await self._service.executor.execute(submission)
