"""Who may do what with teams. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

FOUNDERS: Roles = frozenset({"team_leader", "registrar", "party_secretary"})
OWN = Grant(frozenset({"volunteer", "resident"}), "own")
EVERYONE: Roles = frozenset(
    {"resident", "volunteer", "team_leader", "activity_lead", "recorder", "hours_approver",
     "registrar", "party_secretary", "party_instructor", "grid_worker", "supervisor",
     "district_observer", "auditor", "administrator", "importer", "points_reviewer",
     "building_head", "enthusiast", "spokesperson", "first_receiver", "dispatcher"}
)  # fmt: skip
ROSTER: Roles = frozenset(
    {"registrar", "team_leader", "activity_lead", "recorder", "hours_approver", "party_secretary",
     "supervisor", "district_observer", "auditor"}
)  # fmt: skip

TEAMS: Mapping[str, Sequence[Grant]] = {
    "found_team": [Grant(FOUNDERS | {"importer"})],
    "join_team": [Grant(FOUNDERS | {"importer"}), OWN],
    "leave_team": [Grant(FOUNDERS), OWN],
    "name_leader": [Grant(FOUNDERS)],
    "merge_team": [Grant(FOUNDERS)],
    "dissolve_team": [Grant(FOUNDERS)],
    "read_teams": [Grant(EVERYONE, "anywhere")],
    "read_team": [Grant(EVERYONE, "anywhere")],
    "read_roster": [Grant(ROSTER)],
}
