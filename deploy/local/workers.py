"""The worker process: the subscriptions and projections of all services."""

import asyncio
import signal
import sys
from collections.abc import Iterator, Sequence

import structlog
import uvloop

from deploy.local import logs
from deploy.local.mounted import Mounted

log = structlog.get_logger()


async def work(services: Sequence[Mounted]) -> None:
    """Run every service's work until SIGTERM or SIGINT; one that fails ends all."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with asyncio.TaskGroup() as group:
        for service in services:
            group.create_task(_keep(service, stop))


async def _keep(service: Mounted, stop: asyncio.Event) -> None:
    await service.work(stop)
    if not stop.is_set():
        raise RuntimeError(f"the work of {service.name} ended by itself")


def causes(faults: ExceptionGroup[Exception]) -> Iterator[Exception]:
    """The single exceptions of a group and of the groups in it."""
    for fault in faults.exceptions:
        if isinstance(fault, ExceptionGroup):
            yield from causes(fault)
        else:
            yield fault


def main() -> None:
    """Work until told to stop; exit 1 when a service fails."""
    from deploy.local.installed import INSTALLED

    logs.configure()
    try:
        uvloop.run(work(INSTALLED))
    except ExceptionGroup as faults:
        for fault in causes(faults):
            log.error("worker.failed", exc_info=fault)
        sys.exit(1)


if __name__ == "__main__":
    main()
