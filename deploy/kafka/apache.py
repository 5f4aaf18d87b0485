"""A cluster of Apache Kafka on loopback, for tests, benchmarks and a person who wants to look."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from deploy.kafka.broker import SHORT_LIVED, Broker, Node
from deploy.kafka.jars import KafkaError, available, jars
from deploy.local.cluster import new_cluster_id
from deploy.local.ports import ADDRESS, free_ports

__all__ = ["SHORT_LIVED", "ApacheKafka", "KafkaError", "available"]

START_SECONDS = 100.0
POLL_SECONDS = 0.05


class ApacheKafka:
    """One or three brokers that keep their data in one folder; ports are kept for life.

    Whoever made it must stop it. Topics are not made by themselves. `java` are more options of the
    Java machine, such as SHORT_LIVED.
    """

    def __init__(
        self, folder: Path, brokers: Literal[1, 3] = 1, *, java: Sequence[str] = ()
    ) -> None:
        ports = free_ports(2 * brokers)
        numbers = range(1, brokers + 1)
        nodes = [Node(i, ports[2 * i - 2], ports[2 * i - 1]) for i in numbers]
        self._brokers = [
            Broker(node, folder.resolve() / f"broker-{node.id}", nodes, java) for node in nodes
        ]
        self._formatted = False

    @property
    def bootstrap(self) -> str:
        """`127.0.0.1:port` of every broker, with commas, whether they run or not."""
        return ",".join(f"{ADDRESS}:{broker.node.port}" for broker in self._brokers)

    @property
    def pids(self) -> list[int]:
        """The process ids of the brokers that run, in their order."""
        return [broker.pid for broker in self._brokers if broker.pid is not None]

    def start(self) -> None:
        """Return when every broker is in service; those that run are kept.

        The first start brings the jars and makes an empty cluster. Raises KafkaError.
        """
        if not self._formatted:
            self._format()
        for broker in self._brokers:
            broker.launch()
        deadline = time.monotonic() + START_SECONDS
        for broker in self._brokers:
            while not broker.complete:
                if broker.pid is None or time.monotonic() > deadline:
                    self.kill()
                    raise KafkaError(f"Kafka cannot start; see {broker.log}")
                time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End all brokers in order and wait; nothing happens to those that do not run."""
        for broker in self._brokers:
            broker.ask_to_stop()
        for broker in self._brokers:
            broker.await_end()

    def kill(self, *numbers: int) -> None:
        """End these brokers (from 1), or all, as a crash does (signal 9), and wait."""
        for broker in self._brokers:
            if not numbers or broker.node.id in numbers:
                broker.kill()

    def restart(self) -> None:
        """Stop, then start with the same data, cluster id and ports."""
        self.stop()
        self.start()

    def wipe(self) -> None:
        """Stop, then start as an empty cluster with another id on the same ports."""
        self.stop()
        self._formatted = False
        self.start()

    def _format(self) -> None:
        missing = available()
        if missing:
            raise KafkaError(missing)
        jars()
        cluster = new_cluster_id()
        for broker in self._brokers:
            broker.format(cluster)
        self._formatted = True
