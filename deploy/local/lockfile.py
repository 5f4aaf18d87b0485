"""What PostgreSQL's lock file says, and how a killed server's leavings are cleared.

A server that was killed leaves ``postmaster.pid`` behind. Its process id may since belong to
another program, and its children may still hold the shared memory that it names.
"""

import os
import time
from pathlib import Path

from deploy.local.placement import Account, PostgresError

NO_SUCH_PID = 2**31 - 1
ORPHAN_SECONDS = 5.0
SEGMENT_LINE = 6

# run as the account: root in a container may not read where another user's process is
KILL_BY_FOLDER = """
for process in /proc/[0-9]*; do
  [ "$(readlink "$process/cwd")" = "$1" ] || continue
  case "$(readlink "$process/exe")" in */postgres*) kill -KILL "${process#/proc/}";; esac
done
"""


def running(data: Path) -> int | None:
    """The id of the server process that runs on this data, if one does."""
    lines = _lines(data)
    if not lines or not lines[0].isdigit():
        return None
    try:
        words = Path(f"/proc/{lines[0]}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return None
    ours = Path(os.fsdecode(words[0])).name == "postgres" and os.fsencode(data) in words
    return int(lines[0]) if ours else None


def release(data: Path, socket: Path, account: Account) -> None:
    """Make data whose server is dead startable again; what its children hold is waited for.

    Raises PostgresError when they cannot be ended.
    """
    for leaving in socket.glob(".s.PGSQL.*"):
        leaving.unlink()
    lines = _lines(data)
    if len(lines) <= SEGMENT_LINE:
        return
    # only the process id is void: by the other lines PostgreSQL itself sees orphans
    (data / "postmaster.pid").write_text("\n".join([str(NO_SUCH_PID), *lines[1:], ""]))
    segment = lines[SEGMENT_LINE].split()[-1]
    if _freed(segment):
        return
    account.run("sh", "-c", KILL_BY_FOLDER, "sh", data)
    if not _freed(segment):
        raise PostgresError("processes of a killed PostgreSQL still hold its memory")


def _lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _freed(segment: str) -> bool:
    deadline = time.monotonic() + ORPHAN_SECONDS
    while _attached(segment):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _attached(segment: str) -> bool:
    try:
        rows = Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
    except FileNotFoundError:
        return False
    return any(row.split()[1] == segment and row.split()[6] != "0" for row in rows)
