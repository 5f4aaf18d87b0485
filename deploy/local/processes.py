"""Processes that we started, known by id and start time, so that a reused id is never touched."""

import os
import select
import signal
from dataclasses import dataclass
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
STATE, START_TICKS = 0, 19


@dataclass(frozen=True)
class Process:
    """One process in the life of one machine; equal only to itself."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Process | None":
        """The process that has this id now, if one lives."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return None
        fields = stat.rpartition(")")[2].split()
        if fields[STATE] in "ZX":
            return None
        return cls(pid=pid, started=f"{BOOT.read_text().strip()}/{fields[START_TICKS]}")

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        return Process.of(self.pid) == self

    def end(self, signals: tuple[signal.Signals, ...], *, seconds: float) -> bool:
        """Send each signal in turn, waiting up to `seconds` after each; True once it is gone."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        try:
            return not self.alive or any(_ends(handle, sent, seconds) for sent in signals)
        finally:
            os.close(handle)


def _ends(handle: int, sent: signal.Signals, seconds: float) -> bool:
    try:
        signal.pidfd_send_signal(handle, sent)
    except ProcessLookupError:
        return True
    return bool(select.select([handle], [], [], seconds)[0])
