"""This service's own settings, from `LINLI_TERRITORY__…` and `LINLI_ANSWERING`."""

from __future__ import annotations

from shared.ops.settings import Databases, KernelSettings


class Settings(KernelSettings):
    """What a process of the territory service needs to know.

    `answering` are the services beside this one that keep keys of persons, and so have to answer
    when one is erased.
    """

    territory: Databases
    answering: tuple[str, ...] = ("grievance", "volunteer", "points")
