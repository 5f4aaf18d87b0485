"""What a broker says of its cluster, asked in Kafka's own protocol without a client library."""

import secrets
import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO

from deploy.local.ports import ADDRESS

ANSWER_SECONDS = 2.0
ID_BYTES = 11

# request Metadata, version 2, correlation 0, client "linli", no topics
METADATA = struct.pack(">hhih5si", 3, 2, 0, 5, b"linli", 0)


@dataclass(frozen=True)
class Cluster:
    """A cluster's id and how many of its brokers are in service."""

    id: str
    brokers: int

    @classmethod
    def at(cls, port: int) -> "Cluster | None":
        """What the broker on this port of loopback says; None while it cannot say it."""
        try:
            with socket.create_connection((ADDRESS, port), timeout=ANSWER_SECONDS) as connection:
                connection.sendall(struct.pack(">i", len(METADATA)) + METADATA)
                with connection.makefile("rb") as answer:
                    return cls._read(answer)
        except (OSError, struct.error, UnicodeDecodeError):
            return None

    @classmethod
    def _read(cls, answer: BinaryIO) -> "Cluster":
        _length, _correlation, brokers = _numbers(answer, ">iii")
        for _ in range(brokers):
            _numbers(answer, ">i")  # node id
            _text(answer)  # host
            _numbers(answer, ">i")  # port
            _text(answer)  # rack
        return cls(id=_text(answer), brokers=brokers)


def new_cluster_id() -> str:
    """An id that no cluster has had: clients see by it that a broker has lost what it held."""
    return secrets.token_hex(ID_BYTES)


def _numbers(answer: BinaryIO, shape: str) -> tuple[int, ...]:
    return struct.unpack(shape, answer.read(struct.calcsize(shape)))


def _text(answer: BinaryIO) -> str:
    (length,) = _numbers(answer, ">h")
    return answer.read(length).decode() if length > 0 else ""
