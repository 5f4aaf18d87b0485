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
# Who asked for help, who helped whom and how it was: theirs alone.
HELP = frozenset(
    {"help-requested", "help-matched", "help-accepted", "help-declined", "help-done",
     "help-confirmed", "help-disputed", "help-withdrawn", "help-dropped", "help-lapsed"}
)  # fmt: skip
UNPUBLISHED: frozenset[str] = frozenset(
    {
        *ACCOUNTS,
        *POOLS,
        *HELP,
        "clearing-closed",
    }
)


def publish(recorded: Recorded[VolunteerEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return VOLUNTEER.narrowed(recorded.event)
