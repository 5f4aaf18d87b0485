"""This service's own settings, from `LINLI_GRIEVANCE__…`, `LINLI_PUBLIC__…`, `LINLI_TELLING__…`,
`LINLI_RETENTION__…`."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from services.grievance.telling.settings import Telling
from shared.ops.settings import Databases, KernelSettings, Misconfigured


class Public(BaseModel):
    """How much of what needs no token each API process takes in a minute."""

    model_config = ConfigDict(frozen=True)

    filings: int = Field(default=300, ge=1)
    looks: int = Field(default=1_200, ge=1)
    uploads: int = Field(default=120, ge=1)


class Keeping(BaseModel):
    """For how many `years` after the last of their cases has ended petitioners are known; without
    a number, until somebody asks for their erasure."""

    model_config = ConfigDict(frozen=True)

    years: int | None = Field(default=None, ge=1, le=100)


class Bucket(BaseModel):
    """How the server is reached that keeps files, and by which key: its `secret`, or the file that
    has it. Without an `endpoint` it is the one of the region."""

    model_config = ConfigDict(frozen=True)

    key_id: str
    secret: SecretStr | None = None
    secret_file: Path | None = None
    endpoint: str | None = None
    region: str = "us-east-1"

    def password(self) -> str:
        """The secret. Raises Misconfigured."""
        if self.secret is not None:
            return self.secret.get_secret_value()
        if self.secret_file is None:
            raise Misconfigured("set LINLI_BUCKET__SECRET or LINLI_BUCKET__SECRET_FILE")
        try:
            return self.secret_file.read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise Misconfigured(f"LINLI_BUCKET__SECRET_FILE: {fault.strerror}") from fault


class Settings(KernelSettings):
    """What a process of the case service needs to know. Photos and papers are kept in the `bucket`
    at `files_url`, such as `s3://linli/files`, or else below `files_dir`, which all processes of
    the service share; without either none are taken."""

    grievance: Databases
    public: Public = Public()
    telling: Telling = Telling()
    retention: Keeping = Keeping()
    files_dir: Path | None = None
    files_url: str | None = None
    bucket: Bucket | None = None
