"""What happens to one household over HTTP: a verb, the form it takes, the command it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.territory.households.forms import (
    HouseholdAmendment,
    HouseholdClosing,
    Returning,
    Vacating,
)
from services.territory.roster.commands import (
    AmendHousehold,
    CloseHousehold,
    ReturnHousehold,
    RosterCommand,
    VacateHousehold,
)
from shared.runtime.web.forms import Form


@dataclass(frozen=True)
class Step:
    """`POST /households/{household_id}/<verb>` with this form becomes this command."""

    verb: str
    form: type[Form]
    command: type[RosterCommand]


STEPS = (
    Step("amend", HouseholdAmendment, AmendHousehold),
    Step("vacate", Vacating, VacateHousehold),
    Step("return", Returning, ReturnHousehold),
    Step("close", HouseholdClosing, CloseHousehold),
)


def told(form: Form) -> dict[str, Any]:
    """What the form says beyond who and when."""
    own = type(form).model_fields.keys() - Form.model_fields.keys()
    return {name: getattr(form, name) for name in own}
