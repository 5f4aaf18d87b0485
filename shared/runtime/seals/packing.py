"""The file itself: a ZIP whose parts are stored as they are, in one order and with one date, so the
same parts are the same bytes. Pure."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

EVIDENCE, HISTORY = "evidence.json", "history.html"
UNIX, PLAIN_FILE = 3, 0o100644 << 16


def packed(evidence: bytes, history: bytes) -> bytes:
    """A bundle of these two."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as bundle:
        for name, content in ((EVIDENCE, evidence), (HISTORY, history)):
            part = ZipInfo(name)  # dated 1980-01-01
            part.create_system, part.external_attr = UNIX, PLAIN_FILE
            bundle.writestr(part, content)
    return made.getvalue()
