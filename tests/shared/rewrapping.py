"""A process that wraps a key store anew, a few keys at a time: it is killed."""

from __future__ import annotations

import asyncio
import base64
import sys

from shared.store import rewrapping
from shared.store.pool import connect


async def main(dsn: str, masters: list[bytes]) -> None:
    """Wrap everything by the first of these."""
    rewrapping.PAGE = 3
    connection = await connect(dsn)
    await rewrapping.rewrap(connection, masters, lambda _: None)
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], [base64.b64decode(one) for one in sys.argv[2:]]))
