"""This service's own settings, from `LINLI_GRIEVANCE__…`, `LINLI_PUBLIC__…`, `LINLI_TELLING__…`."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.grievance.telling.settings import Telling
from shared.ops.settings import Databases, KernelSettings


class Public(BaseModel):
    """How much of what needs no token each API process takes in a minute."""

    model_config = ConfigDict(frozen=True)

    filings: int = Field(default=300, ge=1)
    looks: int = Field(default=1_200, ge=1)
    uploads: int = Field(default=120, ge=1)


class Settings(KernelSettings):
    """What a process of the case service needs to know. Photos are kept below `files_dir`, which
    all processes of the service share; without it none are taken."""

    grievance: Databases
    public: Public = Public()
    telling: Telling = Telling()
    files_dir: Path | None = None

    @property
    def photos(self) -> Path | None:
        """The folder of photos."""
        return self.files_dir and self.files_dir / "grievance" / "photos"
