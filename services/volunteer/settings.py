"""This service's own settings, from `LINLI_VOLUNTEER__…`, `LINLI_PUBLIC__…`, `LINLI_SITE`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from shared.ops.settings import Databases, KernelSettings


class Public(BaseModel):
    """How much of what needs no token each API process takes in a minute."""

    model_config = ConfigDict(frozen=True)

    checks: int = Field(default=600, ge=1)


class Settings(KernelSettings):
    """What a process of the volunteer service needs to know. `site` is where its pages are, such as
    `https://linli.example`: it is printed on certificates."""

    volunteer: Databases
    public: Public = Public()
    site: str = ""
