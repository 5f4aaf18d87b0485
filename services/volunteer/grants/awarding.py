"""Who may do what with stars. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.volunteer.grants.ruling import EVERYBODY
from shared.core.access import Grant, Public, Roles

OWN = Grant(frozenset({"volunteer", "resident"}), "own")
APPLICANTS: Roles = frozenset({"team_leader", "registrar", "hours_approver"})
PREPARERS: Roles = frozenset({"hours_approver", "supervisor"})
# The county's own awards, and the papers of what the city and the province award.
AWARDERS: Roles = frozenset({"supervisor"})
READERS: Roles = PREPARERS | {"district_observer", "auditor", "team_leader", "registrar"}

AWARDING: Mapping[str, Sequence[Grant]] = {
    "apply_star": [Grant(APPLICANTS), OWN],
    "notice_star": [Grant(PREPARERS)],
    # Anybody who has something to say; they say who they are.
    "object_star": [Grant(EVERYBODY, "anywhere")],
    "answer_objection": [Grant(AWARDERS)],
    "award_star": [Grant(AWARDERS)],
    "refuse_star": [Grant(PREPARERS)],
    "revoke_star": [Grant(AWARDERS)],
    "clear_star": [Grant(AWARDERS)],
    "record_star": [Grant(frozenset({"importer"}))],
    "review_star": [Grant(frozenset({"service"}), "anywhere")],
    "read_stars": [Grant(READERS)],
    "read_star_doubts": [Grant(READERS)],
    "read_own_stars": [Grant(READERS), OWN],
}
PUBLIC: Mapping[str, Public] = {"read_star_notices": "nothing"}
