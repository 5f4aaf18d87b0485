"""Who may do what with what recurs. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

# Who promises something for a place, and who runs it.
CONVENERS: Roles = frozenset({"party_secretary", "supervisor", "team_leader", "activity_lead"})
STAFF: Roles = CONVENERS | frozenset(
    {"recorder", "hours_approver", "administrator", "auditor", "district_observer", "grid_worker"}
)
EVERYONE: Roles = STAFF | frozenset(
    {"volunteer", "resident", "building_head", "lane_head", "dispatcher", "first_receiver",
     "party_instructor", "council_member", "enthusiast", "spokesperson"}
)  # fmt: skip
TIME = Grant(frozenset({"service"}), "anywhere")

PROMISES: Mapping[str, Sequence[Grant]] = {
    "establish_series": [Grant(CONVENERS)],
    "note_occurrence": [Grant(CONVENERS | {"recorder"}), TIME],
    "note_missed": [TIME],
    "move_occurrence": [Grant(CONVENERS)],
    "end_series": [Grant(CONVENERS)],
    "read_promises": [Grant(EVERYONE)],
    "read_promise": [Grant(EVERYONE)],
}
