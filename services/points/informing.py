"""What a policy cannot know is filled in when its command is asked: the rules in force where
somebody is at home, and where that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services.points.account.commands import CreditDeed
from services.points.homing import home_of
from shared.core.policy import Reaction

if TYPE_CHECKING:  # the service holds what completes its own policies
    from services.points.service import PointsService


class Informing:
    """Completes reactions."""

    def __init__(self, service: PointsService) -> None:
        self._service = service

    async def __call__(self, reaction: Reaction) -> Reaction:
        """The same reaction, with what it is decided by. Raises Rejected for a person who is kept
        under another id."""
        command = reaction.command
        if not isinstance(command, CreditDeed):
            return reaction
        home = await home_of(self._service, command.person, command.home)
        rules = await self._service.rules(home, command.at)
        return replace(reaction, command=replace(command, home=home, rules=rules))
