"""The case service as the command line uses it: the same databases, no HTTP between."""

from __future__ import annotations

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from pydantic import ValidationError

from deploy.local.environment import Addresses, environment
from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.postgres import PostgresError
from deploy.local.state import State
from services.grievance.service import Grievance, opened
from services.grievance.settings import Settings
from shared.core.messages import Actor
from shared.ops import logging
from shared.ops.settings import Misconfigured
from shared.runtime.following.feed_client import FeedUnavailable
from shared.runtime.hosting import Hosted
from shared.runtime.projections.watermarks import StandsStill
from shared.runtime.web.problems import Problem
from shared.store.held import Unavailable
from shared.store.pool import TRANSIENT

T = TypeVar("T")


def run(home: Path, work: Callable[[Grievance], Awaitable[T]]) -> T:
    """Do the work with the case service of this home opened. Raises Fault as `inside` does."""
    return inside(home, lambda: _run(work))


def inside(home: Path, work: Callable[[], Coroutine[None, None, T]]) -> T:
    """Do the work with the settings of this home. Raises Fault for what can be mended."""
    logging.configure("warning")
    try:
        place = Home(home.resolve())
        os.environ |= environment(place, at=_addresses(place))
        return asyncio.run(work())
    except Problem as problem:
        raise Fault(problem.detail) from None
    except StandsStill as fault:
        raise Fault(f"{fault}: is the worker running? start it with: linli up --detach") from None
    except (Misconfigured, PostgresError, FeedUnavailable) as fault:
        raise Fault(str(fault)) from None
    except ValidationError as fault:
        names = ", ".join(".".join(str(part) for part in e["loc"]) for e in fault.errors())
        raise Fault(f"settings are missing or wrong: {names}") from None
    except (Unavailable, *TRANSIENT):
        raise Fault("PostgreSQL is not to be reached; start it with: linli up --detach") from None


def installed() -> Sequence[Hosted]:
    """All services of this machine."""
    from deploy.local.installed import INSTALLED

    return INSTALLED


def named(name: str) -> Hosted:
    """The service of this name. Raises Fault."""
    known = {hosted.name: hosted for hosted in installed()}
    if name not in known:
        raise Fault(f"there is no service {name!r}; there is {', '.join(known)}")
    return known[name]


def operator() -> Actor:
    """Whoever runs the command line on this machine."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return Actor(id=f"operator:{name}", roles=frozenset({"importer", "auditor"}), territory="")


def _addresses(home: Home) -> Addresses | None:
    """Where this home answers, if it runs: other services' feeds are asked there."""
    state = State.read(home)
    return Addresses(state.url, state.broker) if state and state.supervisor.alive else None


async def found(service: Grievance, name: str) -> UUID:
    """The one case of this id, reference or number. Raises Fault."""
    cases = await service.queries.find(name)
    if not cases:
        raise Fault(f"there is no case {name}")
    if len(cases) > 1:
        raise Fault(f"{name} names several cases: {', '.join(str(one) for one in cases)}")
    return cases[0]


async def _run(work: Callable[[Grievance], Awaitable[T]]) -> T:
    async with opened(Settings()) as service:
        return await work(service)
