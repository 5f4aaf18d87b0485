"""One broker process of Apache Kafka, which is a controller too (KRaft, combined mode)."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.jars import KafkaError, jars
from deploy.local.cluster import Cluster
from deploy.local.ports import ADDRESS

FORMAT_SECONDS = 60
STOP_SECONDS = 60
HEAP = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto")
# compiles each method once and lightly: for what lives for seconds
SHORT_LIVED = ("-XX:TieredStopAtLevel=1",)
QUIET = ("-Djava.awt.headless=true", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")

SETTINGS = {
    "process.roles": "broker,controller",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "4",
    # a killed broker may come back at once: its old registration ends with its session
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
}
REPLICATED = ("default", "offsets.topic", "transaction.state.log", "share.coordinator.state.topic")
IN_SYNC = ("min.insync.replicas", "transaction.state.log.min.isr")


@dataclass(frozen=True)
class Node:
    """A broker's number in its cluster, from 1, and its two ports."""

    id: int
    port: int
    controller: int


@dataclass
class Broker:
    """One process with its own folder: settings, data and log."""

    node: Node
    folder: Path
    nodes: Sequence[Node]
    java: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        process = self.process
        return process.pid if process is not None and process.poll() is None else None

    @property
    def log(self) -> Path:
        """What it has written."""
        return self.folder / "broker.log"

    @property
    def complete(self) -> bool:
        """Whether it answers and sees every broker of its cluster in service."""
        found = Cluster.at(self.node.port)
        return found is not None and found.brokers == len(self.nodes)

    def format(self, cluster: str) -> None:
        """Empty its data and make it a member of this cluster. Raises KafkaError."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = (f"{name}={value}\n" for name, value in self._settings().items())
        self._file.write_text("".join(lines))
        told = ("format", "-t", cluster, "-c", str(self._file))
        command = self._command(SHORT_LIVED, "kafka.tools.StorageTool", *told)
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=FORMAT_SECONDS
        )
        if done.returncode != 0:
            raise KafkaError(f"Kafka cannot format its storage: {done.stderr.strip()[-300:]}")

    def launch(self) -> None:
        """Start the process, if it does not run; it is ready once it is `complete`."""
        if self.pid is not None:
            return
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self._command(self.java, "kafka.Kafka", str(self._file)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                process_group=0,
            )

    def ask_to_stop(self) -> None:
        """Begin an orderly end, if it runs."""
        if self.process is not None:
            self.process.terminate()

    def await_end(self) -> None:
        """Wait until it is gone, and kill it if it does not go."""
        if self.process is None:
            return
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it as a crash does (signal 9), and wait."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    @property
    def _file(self) -> Path:
        return self.folder / "server.properties"

    def _command(self, options: Sequence[str], *program: str) -> list[str]:
        return ["java", *HEAP, *QUIET, *options, "-cp", f"{jars()}/*", *program]

    def _settings(self) -> dict[str, str]:
        voters = ",".join(f"{node.id}@{ADDRESS}:{node.controller}" for node in self.nodes)
        addresses = {"PLAINTEXT": self.node.port, "CONTROLLER": self.node.controller}
        copies, in_sync = str(len(self.nodes)), str((len(self.nodes) + 1) // 2)
        return {
            **SETTINGS,
            "node.id": str(self.node.id),
            "controller.quorum.voters": voters,
            "listeners": ",".join(f"{n}://{ADDRESS}:{port}" for n, port in addresses.items()),
            "log.dirs": str(self.folder / "data"),
            **{f"{name}.replication.factor": copies for name in REPLICATED},
            **dict.fromkeys(IN_SYNC, in_sync),
            "share.coordinator.state.topic.min.isr": in_sync,
        }
