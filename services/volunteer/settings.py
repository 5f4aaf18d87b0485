"""This service's own settings, from `LINLI_VOLUNTEER__…`."""

from __future__ import annotations

from shared.ops.settings import Databases, KernelSettings


class Settings(KernelSettings):
    """What a process of the volunteer service needs to know."""

    volunteer: Databases
