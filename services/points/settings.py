"""This service's own settings, from `LINLI_POINTS__…`."""

from __future__ import annotations

from shared.ops.settings import Databases, KernelSettings


class Settings(KernelSettings):
    """What a process of the points service needs to know."""

    points: Databases
