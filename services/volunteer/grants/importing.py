"""Who may bring in files. Pure."""

from __future__ import annotations

from shared.core.access import Grant, Roles

IMPORTERS: Roles = frozenset({"importer"})
GRANTS = {"upload_import": [Grant(IMPORTERS)]}
