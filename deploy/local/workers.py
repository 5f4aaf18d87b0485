"""The worker process: the subscriptions and projections of all services."""

import sys

from shared.ops import logging
from shared.runtime import hosting


def main() -> None:
    """Work until told to stop; exit 1 when a service fails."""
    from deploy.local.installed import INSTALLED

    logging.configure()
    sys.exit(hosting.work(INSTALLED))


if __name__ == "__main__":
    main()
