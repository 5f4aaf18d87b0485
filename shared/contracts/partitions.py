"""Which partition a stream belongs to: chosen here, never by the broker's client.

A topic's number of partitions never changes; more partitions is a new topic.
"""

from __future__ import annotations

from uuid import UUID


def partition_of(stream_id: UUID, partitions: int) -> int:
    """The last two bytes of the id, as a big-endian number, modulo the number of partitions."""
    return (stream_id.int & 0xFFFF) % partitions
