"""Where the rules are in the log: one stream, for a log has one district."""

from __future__ import annotations

from shared.core.derived import derived

POINTS_RULES = derived("points-rules")
