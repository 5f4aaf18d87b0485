"""People and teams as an earlier system numbered them. Pure."""

from __future__ import annotations

from uuid import UUID

from shared.core.derived import derived


def person_of(source: str, number: str) -> UUID:
    """The id of whom a file calls so. A file that knows our own ids may write those; any other
    number, or name, stands for one person within its `source`, and is not kept."""
    return _own(number) or derived("imported-person", source, number)


def team_of(source: str, number: str) -> UUID:
    """The same for a team."""
    return _own(number) or derived("imported-team", source, number)


def _own(number: str) -> UUID | None:
    if len(number) != 36:
        return None
    try:
        return UUID(number)
    except ValueError:
        return None
