"""Where the dispatch catalogue is in the log: one stream, for a log has one district."""

from __future__ import annotations

from uuid import UUID

CATALOGUE = UUID("6c696e6c-6900-8000-8000-636174616c6f")
