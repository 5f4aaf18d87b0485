"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.volunteer.account import upcasters as account
from services.volunteer.account.events import AccountEvent
from services.volunteer.clearing import upcasters as clearing
from services.volunteer.clearing.events import ClearingEvent
from services.volunteer.help import upcasters as help_request
from services.volunteer.help.events import HelpEvent
from services.volunteer.pool import upcasters as pool
from services.volunteer.pool.events import PoolEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "volunteer"
VolunteerEvent = (
    AccountEvent
    | PersonEvent
    | PoolEvent
    | HelpEvent
    | ClearingEvent
)  # fmt: skip
EVENTS = Catalogue.of(
    VolunteerEvent,
    {
        **account.UPCASTERS,
        **pool.UPCASTERS,
        **help_request.UPCASTERS,
        **clearing.UPCASTERS,
    },
)
