"""Selects over this service's own read models, nothing else."""

from __future__ import annotations


def below(territory: str) -> str:
    """The pattern of every territory below this one."""
    escaped = territory.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped + "/%"
