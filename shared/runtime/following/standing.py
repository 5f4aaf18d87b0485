"""Where a reader of a topic stands, as the broker sees it: the library has no sign of health."""

from __future__ import annotations

from typing import NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition


class Standing(NamedTuple):
    """Where a consumer stands: its positions, and how many records lie before their ends.

    To stand past an end counts as nothing: some brokers count a batch late, and one that lost its
    records has another id, or says that there are none.
    """

    positions: dict[TopicPartition, int]
    lag: int


async def standing_of(consumer: AIOKafkaConsumer | None) -> Standing:
    """The consumer's standing now. Raises KafkaError."""
    if consumer is None or not (assigned := consumer.assignment()):
        return Standing({}, 0)
    ends = await consumer.end_offsets(assigned)
    positions = {part: await consumer.position(part) for part in assigned}
    lag = sum(max(ends[part] - position, 0) for part, position in positions.items())
    return Standing(positions, lag)
