"""Personal values as ciphertext: who they are about, which field, and a box only a key opens."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Sealed(BaseModel):
    """AES-256-GCM over the UTF-8 text, bound to subject and field; `box` is as `boxes` says.

    Rules, topics, logs and backups hold this and never the text. Destroying the subject's key
    makes it unreadable for ever and leaves every hash valid.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: UUID
    field: str
    box: str
