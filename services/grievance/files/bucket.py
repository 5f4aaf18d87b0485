"""A bucket of a server that speaks S3 as the store of files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from services.grievance.files.store import LARGEST, Found, Listed, StoreAway
from services.grievance.settings import Bucket as Told
from shared.ops.settings import Misconfigured

SECONDS = 20.0  # for a file to go or to come, tries after a fault within
CONNECT, REQUEST = timedelta(seconds=3), timedelta(seconds=15)
TRIES, PAGE = 2, 200

log = structlog.get_logger()


class Bucket:
    """Files below `s3://bucket/prefix`. A file is put by one request, so it is whole or not there;
    it is moved by a copy, so it has two names for a moment."""

    def __init__(self, address: str, told: Told) -> None:
        """Raises Misconfigured for another kind of address."""
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
            raise Misconfigured("LINLI_FILES_URL: give s3://bucket/prefix")
        known: dict[str, Any] = {"endpoint": told.endpoint} if told.endpoint else {}
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            access_key_id=told.key_id,
            secret_access_key=told.password(),
            region=told.region,
            disable_bulk_delete=True,  # not every server that speaks S3 knows it
            client_options={
                "connect_timeout": CONNECT,
                "timeout": REQUEST,
                "allow_http": (told.endpoint or "").startswith("http://"),
            },
            retry_config={"max_retries": TRIES, "retry_timeout": timedelta(seconds=SECONDS)},
            **known,
        )

    async def put(self, name: str, content: bytes) -> None:
        """Keep a file; it is there as a whole or not at all."""
        with _answering():
            async with asyncio.timeout(SECONDS):
                await obstore.put_async(self._store, name, content, use_multipart=False)

    async def get(self, name: str) -> Found | None:
        """The file of this name; None where there is none, or one larger than LARGEST."""
        with _answering():
            try:
                async with asyncio.timeout(SECONDS):
                    return await self._got(name)
            except FileNotFoundError:
                return None

    async def move(self, old: str, new: str) -> None:
        """Give a file another name. Nothing happens where it is not there (any more)."""
        with _answering():
            async with asyncio.timeout(SECONDS):
                try:
                    await obstore.copy_async(self._store, old, new)
                except FileNotFoundError:
                    return
                await self._removed(old)

    async def remove(self, names: Sequence[str]) -> None:
        """Remove these, those that are there."""
        with _answering():
            for name in names:
                async with asyncio.timeout(SECONDS):
                    await self._removed(name)

    async def under(self, folder: str) -> AsyncIterator[Listed]:
        """The files whose names begin with this folder's."""
        with _answering():
            async for page in obstore.list(self._store, folder, chunk_size=PAGE):
                for one in page:
                    yield Listed(one["path"], one["last_modified"])

    async def _got(self, name: str) -> Found | None:
        answer = await obstore.get_async(self._store, name)
        if answer.meta["size"] > LARGEST:
            return None
        return Found(bytes(await answer.bytes_async()), answer.meta["last_modified"])

    async def _removed(self, name: str) -> None:
        try:
            await obstore.delete_async(self._store, name)
        except FileNotFoundError:
            return


@contextmanager
def _answering() -> Iterator[None]:
    """What the server does not do is told without its words: they quote names and addresses."""
    try:
        yield
    except (BaseError, OSError, TimeoutError) as fault:
        log.warning("files.away", fault=type(fault).__name__)
        raise StoreAway from None
