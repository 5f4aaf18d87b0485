"""What is written down of a run, for the commands and for the supervisor that comes after."""

import signal

from pydantic import BaseModel, ConfigDict

from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.processes import Process

STOP_SECONDS = 20.0


class State(BaseModel):
    """One run of one home; `ready` once its address has been announced. `broker` is where the
    embedded one answers."""

    model_config = ConfigDict(frozen=True)

    url: str
    broker: str | None = None
    supervisor: Process
    children: dict[str, Process] = {}
    ready: bool = False

    @classmethod
    def read(cls, home: Home) -> "State | None":
        """The last run that did not end in order, or the present one. Raises Fault."""
        try:
            return cls.model_validate_json(home.state.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise Fault(f"cannot read {home.state}: {error.strerror}") from error
        except ValueError:
            raise Fault(f"{home.state} is not what was written there; remove it") from None

    def write(self, home: Home) -> None:
        """Replace what is written, in one step."""
        draft = home.state.with_suffix(".new")
        draft.write_text(self.model_dump_json(indent=2) + "\n")
        draft.replace(home.state)


def stop_leftovers(home: Home) -> None:
    """End the children that a killed supervisor left running, and forget that run.

    Raises Fault when one cannot be ended.
    """
    state = State.read(home)
    for name, process in (state.children if state else {}).items():
        if not process.end((signal.SIGTERM, signal.SIGKILL), seconds=STOP_SECONDS):
            raise Fault(f"{name} of an earlier run (process {process.pid}) cannot be stopped")
    home.state.unlink(missing_ok=True)
