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
# By which rules a star was awarded, the award says to whom it is told.
RULES = frozenset({"volunteer-rules-published", "volunteer-rules-withdrawn"})
# Who applied, who objected and what was doubted is for those who judge it.
STARS = frozenset(
    {"star-applied", "star-noticed", "star-objected", "objection-answered", "star-refused",
     "star-in-doubt", "star-cleared"}
)  # fmt: skip
# Who asked for help, who helped whom and how it was: theirs alone.
HELP = frozenset(
    {"help-requested", "help-matched", "help-accepted", "help-declined", "help-done",
     "help-confirmed", "help-disputed", "help-withdrawn", "help-dropped", "help-lapsed"}
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
        *POOLS,
        *PEOPLE,
        *RULES,
        *STARS,
        *HELP,
        "clearing-closed",
        *SERIES,
        *DUTIES,
    }
)


def publish(recorded: Recorded[VolunteerEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return VOLUNTEER.narrowed(recorded.event)
