"""Where the rule books are in the log: one stream, for a log has one district."""

from __future__ import annotations

from uuid import UUID

RULE_BOOKS = UUID("6c696e6c-6900-8000-8000-72756c65626b")
