"""Papers and pictures that stand behind a step: what the event says of each."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.core.sealed import Sealed

PaperKind = Literal["application/pdf", "image/jpeg", "image/png", "image/webp"]


class Paper(BaseModel):
    """A file of evidence: `file` is the SHA-256 of its sealed bytes, in hex, and so the name under
    which they are kept; `size` is that of what is in them; `key` opens them, sealed for the
    petitioner of the case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    kind: PaperKind
    size: int
    key: Sealed
