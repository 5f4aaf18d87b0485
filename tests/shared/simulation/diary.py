"""What everybody said, and when: to be read when a story goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from structlog import DropEvent
from structlog.typing import WrappedLogger

from tests.shared.simulation.process import HERE

Said = tuple[float, str, dict[str, Any]]


class Diary:
    """A line for each line that the kernel logs, and for each fault of the storm."""

    def __init__(self) -> None:
        self.said: list[Said] = []

    def note(self, **said: Any) -> None:
        """Write this down."""
        here = HERE.get(None)
        name = "the world" if here is None else here.name
        self.said.append((asyncio.get_running_loop().time(), name, said))

    def last(self, lines: int) -> str:
        """The last lines."""
        return "\n".join(
            f"{when:7.3f} {who:9} {' '.join(f'{name}={value}' for name, value in said.items())}"
            for when, who, said in self.said[-lines:]
        )

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Within, the kernel's log lines go here."""

        def keep(_: WrappedLogger, method: str, said: MutableMapping[str, Any]) -> Any:
            self.note(**said)
            raise DropEvent

        before = structlog.get_config()["processors"]
        structlog.configure(processors=[keep])
        try:
            yield
        finally:
            structlog.configure(processors=before)
