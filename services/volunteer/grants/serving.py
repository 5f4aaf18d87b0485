"""Who may do what with duty posts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

# Who gives out posts and answers for those who hold them.
CHIEFS: Roles = frozenset({"party_secretary", "supervisor"})
# Who may hold one.
HOLDERS: Roles = frozenset(
    {"party_instructor", "party_secretary", "volunteer", "resident", "building_head", "lane_head",
     "enthusiast", "grid_worker", "team_leader"}
)  # fmt: skip
WRITERS: Roles = CHIEFS | {"recorder", "team_leader"}
READERS: Roles = CHIEFS | {"recorder", "district_observer", "auditor", "administrator"}
HELD = Grant(HOLDERS, "own")

DUTIES: Mapping[str, Sequence[Grant]] = {
    "assign_duty": [Grant(CHIEFS)],
    "add_shifts": [Grant(CHIEFS | {"team_leader"})],
    "check_in": [Grant(WRITERS), HELD],
    "note_no_check_in": [Grant(frozenset({"service"}), "anywhere")],
    "raise_duty_issue": [Grant(WRITERS), HELD],
    "score_track": [Grant(CHIEFS | {"recorder"})],
    "publish_assessment": [Grant(CHIEFS)],
    "make_pledge": [Grant(WRITERS), HELD],
    "keep_pledge": [Grant(WRITERS)],
    "serve_shift": [Grant(WRITERS), HELD],
    "end_duty": [Grant(CHIEFS)],
    "read_duties": [Grant(READERS), HELD],
    "read_duty": [Grant(READERS), HELD],
}
