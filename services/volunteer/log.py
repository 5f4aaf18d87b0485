"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.volunteer.account import upcasters as account
from services.volunteer.account.events import AccountEvent
from services.volunteer.activity import upcasters as activity
from services.volunteer.activity.events import ActivityEvent
from services.volunteer.pool import upcasters as pool
from services.volunteer.pool.events import PoolEvent
from services.volunteer.team import upcasters as team
from services.volunteer.team.events import TeamEvent
from services.volunteer.volunteer import upcasters as volunteer
from services.volunteer.volunteer.events import VolunteerEvent as OneVolunteerEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "volunteer"
VolunteerEvent = (
    AccountEvent
    | PersonEvent
    | PoolEvent
    | OneVolunteerEvent
    | TeamEvent
    | ActivityEvent
)  # fmt: skip
EVENTS = Catalogue.of(
    VolunteerEvent,
    {
        **account.UPCASTERS,
        **pool.UPCASTERS,
        **volunteer.UPCASTERS,
        **team.UPCASTERS,
        **activity.UPCASTERS,
    },
)
