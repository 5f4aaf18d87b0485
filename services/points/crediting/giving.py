"""From a form about a deed to points given or taken at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.points.account.commands import DeductPoints, EarnPoints
from services.points.account.state import Account
from services.points.account_file import account_file
from services.points.crediting.desk import AccountDesk
from services.points.crediting.forms import Giving, Taking
from services.points.crediting.named import Named
from services.points.homing import home_of
from services.points.service import PointsService
from shared.core.local_time import day_of, start_of
from shared.core.messages import Rejected
from shared.runtime.web.asking import Asking
from shared.store.load import Answer


class GivingDesk:
    """Takes what somebody of the staff saw to the account of who did it."""

    def __init__(self, service: PointsService) -> None:
        self._service = service
        self._accounts = AccountDesk(service)

    async def give(self, named: Named, form: Giving, asking: Asking) -> Answer:
        """Points for a deed; an account is opened for a person who has none."""
        return await asking.first_or(self._given(named, form, asking), self._service.executor)

    async def take(self, named: Named, form: Taking, asking: Asking) -> Answer:
        """Points for what was done."""
        return await asking.first_or(self._taken(named, form, asking), self._service.executor)

    async def _given(self, named: Named, form: Giving, asking: Asking) -> Answer:
        state = await account_file(self._service, *named)
        if state.status == "new" and named[0] == "household":
            raise Rejected("no_account", "open an account for the household first", "holder")
        home = state.territory or await home_of(self._service, named[1], form.territory)
        about = await self._about((home, state.keeper or named[1]), form, asking)
        kind, holder = named
        asked = EarnPoints(kind=kind, holder=holder, home=home, **about)
        return await self._accounts.sent(named, asked, asking)

    async def _taken(self, named: Named, form: Taking, asking: Asking) -> Answer:
        state = await account_file(self._service, *named)
        home, subject = _of(state, form.territory), state.keeper or named[1]
        asked = DeductPoints(**await self._about((home, subject), form, asking))
        return await self._accounts.sent(named, asked, asking)

    async def _about(
        self, where: tuple[str, UUID], form: Giving | Taking, asking: Asking
    ) -> dict[str, Any]:
        service, (home, subject), now = self._service, where, datetime.now(UTC)
        await service.map.known(form.territory, start_of(form.day))
        sealed = await service.sealer.seal(subject, form.personal())
        return {
            "at": now,
            "actor": asking.actor,
            "late_reason": form.late_reason,
            "asked_on": day_of(now),
            "reason": form.reason,
            "quantity": form.quantity,
            "day": form.day,
            "territory": form.territory,
            "rules": await service.rules(home, now),
            "at_once": True,
            "note": sealed.get("note"),
            "proof": form.proof,
        }


def _of(state: Account, otherwise: str) -> str:
    return state.territory or otherwise
