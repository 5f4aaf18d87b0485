"""What is done once at every start: ``python -m deploy.local.once migrate|sample``; the sample
takes ``--seed N --scale X``."""

import argparse
import asyncio
import sys

import uvloop

from shared.core.sample import Sample, Unsuited, checked
from shared.ops import logging
from shared.ops.undisturbed import undisturbed


def migrate() -> None:
    """Bring the databases of all services to today's tables."""
    from deploy.local.installed import INSTALLED

    for service in INSTALLED:
        service.migrate()


async def load(sample: Sample) -> None:
    """Load every service's part of the sample; what is there already stays single."""
    from deploy.local.installed import INSTALLED

    parts = [service.sampling for service in INSTALLED]
    with undisturbed():
        for part in parts:
            await part.ground(sample)
        await asyncio.gather(*(part.rest(sample) for part in parts))
        await asyncio.gather(*(part.shown(sample) for part in parts))


def main() -> None:
    """Do the one that is named; a sample that is none, or does not fit, is refused in one line."""
    parser = argparse.ArgumentParser(prog="once")
    parser.add_argument("what", choices=("migrate", "sample"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    asked = parser.parse_args()
    if asked.what == "migrate":
        migrate()
        return
    try:
        uvloop.run(load(checked(asked.seed, asked.scale)))
    except (ValueError, Unsuited) as no:
        sys.exit(str(no))


if __name__ == "__main__":
    logging.configure()
    main()
