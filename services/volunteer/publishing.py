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
# Another day of an occurrence, or the end of a series, is read where it is kept.
SERIES = frozenset({"occurrence-moved", "series-ended"})
# How somebody does their duty is between them and those they answer to.
DUTIES = frozenset(
    {"duty-post-assigned", "duty-shifts-added", "checked-in", "check-in-missed",
     "duty-issue-raised", "assessment-track-scored", "assessment-published", "duty-pledge-made",
     "duty-pledge-kept", "duty-shift-served", "duty-post-ended"}
)  # fmt: skip
UNPUBLISHED: frozenset[str] = frozenset(
    {
        *ACCOUNTS,
        *SERIES,
        *DUTIES,
    }
)


def publish(recorded: Recorded[VolunteerEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return VOLUNTEER.narrowed(recorded.event)
