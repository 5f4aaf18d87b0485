"""What arrives of another service's log: records of its topic and pieces of its feed, decoded once
for all who read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from shared.contracts.partitions import partition_of
from shared.contracts.sent import UNPUBLISHABLE, Garbled, Message, Sent
from shared.contracts.source import Source
from shared.core.chain import Stretch
from shared.core.envelope import Recorded
from shared.runtime.following.feed_client import Piece
from shared.runtime.projections import applying
from shared.runtime.projections.applying import Entry, Unreadable


def of_message(source: Source, partition: int, message: Message) -> Stretch[Entry]:
    """A record's message as a stretch. Raises Garbled for one of another log."""
    if message.log != source.log:
        raise Garbled("of another log than its topic")
    entry = entry_of(source, message.sent) if message.sent else None
    events = () if entry is None else (entry,)
    told = message.previous, message.position, message.at
    return Stretch(partition, *told, events, message.epoch)


def of_partition(source: Source, partition: int, after: int, piece: Piece) -> Stretch[Entry]:
    """A piece of one partition's feed."""
    events = entries(source, piece.sent)
    return Stretch(partition, after, piece.through, _known(piece), events, piece.epoch)


def of_whole(source: Source, partitions: int, after: int, piece: Piece) -> list[Stretch[Entry]]:
    """A piece of the whole feed: one stretch for every partition."""
    parts: defaultdict[int, list[Sent]] = defaultdict(list)
    for one in piece.sent:
        parts[partition_of(one.stream_id, partitions)].append(one)
    told = after, piece.through, _known(piece)
    return [
        Stretch(number, *told, entries(source, parts[number]), piece.epoch)
        for number in range(partitions)
    ]


def entry_of(source: Source, sent: Sent) -> Entry | None:
    """The event of a contract, or one that cannot be read; None for a type that nobody here knows,
    which is skipped."""
    if sent.type == UNPUBLISHABLE:
        reason = "its service cannot publish it"
        return Unreadable(sent.position, sent.stream_id, sent.type, reason)
    if sent.type not in source.events.classes:
        return None
    try:
        event: Any = source.events.decode(
            sent.type, sent.schema_version, sent.payload, sent.occurred_at
        )
    except Exception as fault:
        reason = applying.reason_of(fault)
        return Unreadable(sent.position, sent.stream_id, sent.type, reason)
    return tuple.__new__(Recorded, (source.log, *sent[:-1], event))


def entries(source: Source, sent: Iterable[Sent]) -> tuple[Entry, ...]:
    """Those of these contracts that somebody here knows, in their order."""
    return tuple([entry for one in sent if (entry := entry_of(source, one)) is not None])


def _known(piece: Piece) -> Any:
    return piece.at or (piece.sent[-1].recorded_at if piece.sent else None)
