"""Who may issue certificates and see the papers themselves. Checking one is open to all. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from shared.core.access import Grant, Public, Roles

COUNTER: Roles = frozenset({"registrar", "hours_approver"})
OWN = Grant(frozenset({"volunteer", "resident"}), "own")
SEEN = [Grant(COUNTER), OWN]

GRANTS = {
    "read_certificates": SEEN,
    "read_certificate_paper": SEEN,
    "read_certificate_evidence": SEEN,
}
PUBLIC: Mapping[str, Public] = {"check_certificate": "nothing"}
