"""Two teams become one: both say so, or neither, and both keep their history."""

from __future__ import annotations

from collections.abc import Sequence

from services.volunteer.team.commands import MergeTeam
from services.volunteer.team.decider import absorbed, team
from services.volunteer.team.state import Team
from shared.core.messages import Event, Rejected


def merged(command: MergeTeam, states: Sequence[Team]) -> list[Sequence[Event]]:
    """What happens to the team that is merged, and to the one it becomes a part of. Raises
    Rejected."""
    other, kept = states
    if command.team == command.into:
        raise Rejected("team_into_itself", "name another team", "into")
    return [team.decide(command, other), absorbed(command, kept, other)]
