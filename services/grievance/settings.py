"""This service's own settings, from `LINLI_GRIEVANCE__…`."""

from __future__ import annotations

from shared.ops.settings import Databases, KernelSettings


class Settings(KernelSettings):
    """What a process of the case service needs to know."""

    grievance: Databases
