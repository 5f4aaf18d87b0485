"""Ports of this machine for servers that must come back on the port they had."""

import random
import socket
from contextlib import ExitStack
from pathlib import Path

ADDRESS = "127.0.0.1"
LOWEST = 10_000
OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")
TRIES = 1_000


def free_ports(count: int) -> list[int]:
    """Different ports of loopback that nobody listens on, or connects from, by chance.

    The kernel gives outgoing connections higher ports: one of those could be taken while its
    server is down, even by a client that tries to reach that very server.
    """
    highest = max(2 * LOWEST, int(OUTGOING.read_text().split()[0]))
    with ExitStack() as held:
        ports: list[int] = []
        for port in random.sample(range(LOWEST, highest), TRIES):
            probe = held.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ADDRESS, port))
            except OSError:
                continue
            ports.append(port)
            if len(ports) == count:
                break
        return ports
