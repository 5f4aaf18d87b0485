"""What is done once at every start: ``python -m deploy.local.once migrate|sample``."""

import asyncio
import sys

from shared.ops import logging


def migrate() -> None:
    """Bring the databases of all services to today's tables."""
    from deploy.local.installed import INSTALLED

    for service in INSTALLED:
        service.migrate()


def sample() -> None:
    """Load every service's part of the sample; what is there already stays single."""
    from deploy.local.installed import INSTALLED

    for service in INSTALLED:
        asyncio.run(service.load_sample())


if __name__ == "__main__":
    logging.configure()
    {"migrate": migrate, "sample": sample}[sys.argv[1]]()
