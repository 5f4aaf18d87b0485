"""Who may do what with honours, and who may read of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.points.grants.ruling import EVERYBODY
from shared.core.access import Grant, Public, Roles

PEOPLE: Roles = frozenset({"volunteer", "resident"})
OWN = Grant(PEOPLE, "own")
NOMINATORS: Roles = frozenset(
    {"grid_worker", "building_head", "lane_head", "party_secretary", "party_instructor",
     "council_member", "spokesperson", "enthusiast", "team_leader", "activity_lead", "registrar",
     "points_reviewer", "supervisor"}
)  # fmt: skip
PREPARERS: Roles = frozenset({"points_reviewer", "party_secretary", "supervisor"})
# Which of them may grant which honour, the rules in force say: `granted_by`.
GRANTERS: Roles = frozenset(
    {"party_secretary", "party_instructor", "council_member", "points_reviewer", "supervisor"}
)
RECORDERS: Roles = frozenset({"importer", "registrar", "supervisor"})
READERS: Roles = PREPARERS | GRANTERS | RECORDERS | {"district_observer", "auditor"}
# Who sees names in full before an honour is held; everybody else the first character.
SEE_NAMES: Roles = READERS - {"district_observer"}

HONOURS: Mapping[str, Sequence[Grant]] = {
    "nominate_honour": [Grant(NOMINATORS), OWN],
    "publicise_honour": [Grant(PREPARERS)],
    # Anybody who has something to say; they say who they are.
    "object_honour": [Grant(EVERYBODY, "anywhere")],
    "answer_honour_objection": [Grant(PREPARERS)],
    "grant_honour": [Grant(GRANTERS)],
    "decline_honour": [Grant(PREPARERS)],
    "withdraw_honour": [Grant(frozenset({"party_secretary", "supervisor"}))],
    "record_honour": [Grant(RECORDERS)],
    "read_honours": [Grant(READERS), OWN],
    "read_honour": [Grant(READERS), OWN],
}
PUBLIC: Mapping[str, Public] = {
    "read_honour_wall": "nothing",
    "read_honour_notices": "nothing",
    "read_honour_kinds": "nothing",
}
