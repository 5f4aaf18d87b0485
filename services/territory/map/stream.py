"""Where the map is in the log: one stream, for a log has one district."""

from __future__ import annotations

from uuid import UUID

MAP = UUID("6c696e6c-6900-8000-8000-006d61700000")
