"""Own events to contracts: what other services may know of hours, stars and promises. Pure."""

from __future__ import annotations

from services.volunteer.log import VolunteerEvent
from shared.contracts.volunteer import VOLUNTEER
from shared.core.envelope import Recorded
from shared.core.messages import Event

# What somebody saved, spent or gave is nobody's business but theirs.
ACCOUNTS = frozenset(
    {"account-opened", "account-moved", "hours-logged", "hours-rejected", "volunteer-barred",
     "certificate-issued", "time-deposited", "excess-honoured", "time-reversed", "time-held",
     "time-released", "time-redeemed", "time-gifted", "time-received", "time-donated",
     "time-brought-in", "time-transferred-out", "account-bequeathed", "account-inherited"}
)  # fmt: skip
# Who gave, and for whom it was spent, stays here.
POOLS = frozenset({"pool-credited", "pool-drawn"})
# Who volunteers, with whom, and who came to what.
PEOPLE = frozenset(
    {"volunteer-registered", "volunteer-changed", "volunteer-ended", "team-founded",
     "member-joined", "member-left", "leader-named", "team-merged", "team-absorbed",
     "team-dissolved", "activity-planned", "activity-changed", "activity-cancelled", "signed-up",
     "sign-up-withdrawn", "place-given", "signed-in", "signed-out", "attendance-marked",
     "no-show-noted"}
)  # fmt: skip
UNPUBLISHED: frozenset[str] = frozenset(
    {
        *ACCOUNTS,
        *POOLS,
        *PEOPLE,
    }
)


def publish(recorded: Recorded[VolunteerEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return VOLUNTEER.narrowed(recorded.event)
