"""The supervisor seen from other processes: started in the background, asked, and stopped."""

import signal
import subprocess
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.state import State, stop_leftovers
from deploy.local.supervisor import answers_ready

LOG = "up"
DOWN_SECONDS = 360.0
POLL_SECONDS = 0.05


def start(home: Home, command: Sequence[str]) -> str:
    """Run the supervisor's command in a session of its own; return its address once it is ready.

    Raises Fault with its last line when it ends before that.
    """
    home.prepare()
    log = home.log(LOG)
    with log.open("ab") as output:
        began = output.tell()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        while process.poll() is None:
            state = State.read(home)
            if state and state.ready and state.supervisor.pid == process.pid:
                return state.url
            time.sleep(POLL_SECONDS)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    lines = log.read_bytes()[began:].decode(errors="replace").strip().splitlines()
    raise Fault(lines[-1].removeprefix("linli: ") if lines else f"nothing started; see {log}")


def address(home: Home) -> str | None:
    """Where this home's supervisor is serving or about to serve, if one lives."""
    state = State.read(home)
    return state.url if state and state.supervisor.alive else None


def await_ready(home: Home) -> str:
    """The address of a run that someone else has started, once it is ready.

    Raises Fault when that run ends instead, or is no longer ready.
    """
    while address(home) is not None:
        state = State.read(home)
        if state and state.ready:
            if not answers_ready(urlsplit(state.url).port or 0):
                raise Fault(f"running at {state.url}, but not ready")
            return state.url
        time.sleep(POLL_SECONDS)
    raise Fault("what was running has ended; start it again")


def stop(home: Home) -> bool:
    """End this home's supervisor, or what a killed one left behind; False if nothing ran.

    Returns when all of it is gone. Raises Fault when it does not go.
    """
    state = State.read(home)
    postgres = EmbeddedPostgres(home.path)
    if state is None and postgres.pid is None:
        return False
    if state is not None and not state.supervisor.end((signal.SIGTERM,), seconds=DOWN_SECONDS):
        raise Fault(f"the supervisor (process {state.supervisor.pid}) does not stop")
    with home.held():
        stop_leftovers(home)
        postgres.stop()
    return True
