"""What a policy did because of events that are lost.

The events are gone, and so is what they were; but the ids of the commands follow from where they
stood, and those that were answered are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from shared.core import births
from shared.core.births import Fork
from shared.runtime.following.follower import FAR, Left
from shared.runtime.policies.asking import id_of
from shared.store import compensations, parked, refused
from shared.store.compensations import Reaction
from shared.store.pool import Connection

# So many positions are looked up at a time, and of each so many commands.
POSITIONS = 500
ORDINALS = 8

Asked = dict[UUID, Reaction]


async def account_for(connection: Connection, left: Left, forks: Sequence[Fork]) -> None:
    """List every reaction to what stood past the fork; forget what was refused or parked of it.

    `forks` are those that the log had behind it in the epoch that is left. What was asked for and
    not noted, because the process ended in between, is looked for FAR positions past the cursor.
    """
    policy, log, *_ = left.reading
    after = left.to.fork
    turned_down = await refused.past(connection, policy, log, after)
    end = left.reached + FAR + 1
    for first in range(after + 1, end, POSITIONS):
        positions = range(first, min(first + POSITIONS, end))
        made = await _made(connection, left, forks, (positions, turned_down))
        await compensations.note(connection, policy, log, made)
    await refused.forget_past(connection, policy, log, after)
    await parked.forget_past(connection, policy, log, after)


async def _made(
    connection: Connection,
    left: Left,
    forks: Sequence[Fork],
    asked: tuple[Sequence[int], Collection[tuple[int, int]]],
) -> list[Reaction]:
    """Reactions to these positions; further ordinals are looked for where the last ones were asked
    for."""
    positions, turned_down = asked
    made: list[Reaction] = []
    first = 0
    while positions:
        ids = {
            one.command_id: one
            for position in positions
            for one in _possible(left, forks, position, range(first, first + ORDINALS))
        }
        found = [ids[key] for key in await compensations.answered(connection, ids)]
        made += found
        known = {one.position for one in found}
        known |= {place for place, ordinal in turned_down if first <= ordinal < first + ORDINALS}
        positions = [position for position in positions if position in known]
        first += ORDINALS
    return made


def _possible(
    left: Left, forks: Sequence[Fork], position: int, ordinals: Sequence[int]
) -> Iterator[Reaction]:
    policy, log, *_ = left.reading
    born = births.birth(forks, position)
    event = births.name(log, position, born)
    for ordinal in ordinals:
        yield Reaction(born, position, ordinal, id_of(event, policy, ordinal))
