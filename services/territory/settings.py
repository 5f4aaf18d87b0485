"""This service's own settings, from `LINLI_TERRITORY__…`."""

from __future__ import annotations

from shared.ops.settings import Databases, KernelSettings


class Settings(KernelSettings):
    """What a process of the territory service needs to know."""

    territory: Databases
