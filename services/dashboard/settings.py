"""This service's own settings, from `LINLI_DASHBOARD__…`."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shared.ops.settings import KernelSettings


class Database(BaseModel):
    """Where a service without a log keeps its read models; the owner's address is for migrations
    only."""

    model_config = ConfigDict(frozen=True)

    dsn: str
    owner_dsn: str | None = None


LIBRARIES = Path(__file__).parents[2] / "node_modules"


class Settings(KernelSettings):
    """What a process of the dashboard needs to know. `libraries` is where the pages' libraries lie;
    `login_url` where the district's people sign in, which sets the cookie with their token."""

    dashboard: Database
    libraries: Path = LIBRARIES
    login_url: str = "/people"
