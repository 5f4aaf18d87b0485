"""What a policy cannot know when it asks for something: the rules that are in force there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from services.volunteer.account.commands import LogHours
from services.volunteer.rules.book import VolunteerRules
from shared.core.policy import Reaction
from shared.core.state import replace

RulesAt = Callable[[str, datetime], Awaitable[VolunteerRules]]


async def completed(rules_at: RulesAt, reaction: Reaction) -> Reaction:
    """Hours are put on record by the rules that were in force at their place when they were told:
    those held whoever told them. Hours of an activity stay with the limits under which it was
    held."""
    command = reaction.command
    if not isinstance(command, LogHours) or command.activity is not None:
        return reaction
    rules = await rules_at(command.territory, command.at)
    return replace(reaction, command=replace(command, rules=rules))
