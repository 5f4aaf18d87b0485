"""This service's own settings, from `LINLI_DASHBOARD__…`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from shared.ops.settings import KernelSettings


class Database(BaseModel):
    """Where a service without a log keeps its read models; the owner's address is for migrations
    only."""

    model_config = ConfigDict(frozen=True)

    dsn: str
    owner_dsn: str | None = None


class Settings(KernelSettings):
    """What a process of the dashboard needs to know."""

    dashboard: Database
