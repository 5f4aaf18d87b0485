"""Breaking glass: a case that is not theirs, contact and all, for whoever says why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.grievance import views
from services.grievance.access import ACCESS
from services.grievance.desk import no_such_case
from services.grievance.look.commands import BreakGlass
from services.grievance.looking.forms import Glass
from services.grievance.looking.noting import minute_of
from services.grievance.service import Grievance
from shared.core.access import Thing, action_of
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem


async def broken(service: Grievance, case_id: UUID, form: Glass, asking: Asking) -> dict[str, Any]:
    """The case, all of it, once the reason is on record. No step can be taken from it.

    Raises Forbidden, Erased, and Problem: 404 where there is none, 503 where the access log cannot
    be written, 409 for a retry after its minute: it would be a look that is on no record.
    """
    ACCESS.check(asking.actor, action_of(BreakGlass), Thing(), service.map.within)
    file = await service.archive.case(case_id)
    if file is None:
        raise no_such_case(case_id)
    at = datetime.now(UTC)
    sealed = await service.sealer.seal(file.row.petitioner, form.personal())
    view = await views.case_view(service, file, frozenset())
    sight = views.sight_of(file, view)
    asked = BreakGlass(
        at=at,
        actor=asking.actor,
        territory=sight.territory,
        case_id=case_id,
        fields=sight.fields,
        reason=sealed["reason"],
    )
    answer = await service.looks.broke(asked, asking.identity)
    if answer.repeated and minute_of(answer.recorded_at or at) != minute_of(datetime.now(UTC)):
        detail = "this key has opened the case before; ask again with a new key and a reason"
        raise Problem(409, "glass_was_broken", detail)
    return view | {"steps": []}
