"""Fixtures only: an empty log, seen by its owner, by its service, through the kernel, and by a
service that reads it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import asyncpg
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.core.policy import Policy
from shared.ops.settings import Kafka
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.follower import Follower
from shared.runtime.policies.reacting import Reactor
from shared.runtime.publishing.publication import Publication
from shared.runtime.web.tokens import Verifier
from shared.store.pool import Pool, connect, open_pool
from shared.testkit.databases import TestDatabase, TestServer
from tests.brokers import Broker
from tests.shared.toy import contracts
from tests.shared.toy.asking import LOG
from tests.shared.toy.carried import outgoing, records, take
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.mirroring import MIRRORS, mirroring
from tests.shared.toy.purses import purses
from tests.shared.toy.relaying import Relaying
from tests.shared.toy.restored import Brought
from tests.shared.toy.served import Served

Token = Callable[..., str]
MakeReactor = Callable[..., Reactor]


@pytest.fixture
async def owner(log_database: TestDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection that may do anything."""
    connection = await connect(log_database.owner)
    yield connection
    await connection.close()


@pytest.fixture
async def connection(log_database: TestDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection of the service's role."""
    made = await connect(log_database.service)
    yield made
    await made.close()


@pytest.fixture
async def keys_connection(key_database: TestDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection of the service's role to the key store."""
    made = await connect(key_database.service)
    yield made
    await made.close()


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.fixture
async def key_pool(key_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections to the key store."""
    made = await open_pool(key_database.service)
    yield made
    await made.close()


@pytest.fixture
async def executor(log_database: TestDatabase) -> AsyncIterator[Executor]:
    """The command path of one process."""
    made = Executor(log_database.service, LOG, unguarded)
    yield made
    await made.aclose()


@pytest.fixture(scope="session")
def signing_key() -> OKPKey:
    """The token issuer's key."""
    return OKPKey.generate_key("Ed25519", {"kid": "test", "alg": "Ed25519", "use": "sig"})


@pytest.fixture(scope="session")
def token(signing_key: OKPKey) -> Token:
    """Makes tokens of these roles."""

    def make(*roles: str) -> str:
        claims: dict[str, object] = {
            "iss": "linli-local", "aud": "linli", "sub": "someone", "territory": "d",
            "roles": list(roles), "exp": int(time.time()) + 600,
        }  # fmt: skip
        header = {"alg": "Ed25519", "typ": "at+jwt", "kid": "test"}
        return jwt.encode(header, claims, signing_key, algorithms=["Ed25519"])

    return make


@pytest.fixture(scope="session")
def verifier(signing_key: OKPKey) -> Verifier:
    """Knows the token issuer's key."""
    keys = json.dumps(KeySet([signing_key]).as_dict(private=False))
    return Verifier(keys, issuer="linli-local", audience="linli")


@pytest.fixture
def publication(topic: str) -> Publication:
    """What the log tells others, on a topic of its own."""
    return contracts.publication(topic)


@pytest.fixture
def kafka(broker: Broker) -> Kafka:
    """The settings of whoever uses the broker."""
    return settings_of(broker)


@pytest.fixture
def relaying(pool: Pool, publication: Publication, kafka: Kafka) -> Relaying:
    """Publishes the log, once a relay of it runs."""
    return Relaying(pool, publication, kafka)


@pytest.fixture
async def served(publication: Publication, pool: Pool, verifier: Verifier) -> AsyncIterator[Served]:
    """The feed of the log."""
    made = Served(publication, pool, verifier)
    await made.up()
    yield made
    await made.down()


@pytest.fixture
async def feed(served: Served, token: Token) -> AsyncIterator[FeedClient]:
    """A service that asks the feed."""
    async with aclosing(FeedClient(served.url, lambda: token("service"))) as made:
        yield made


@pytest.fixture
async def reader_database(server: TestServer) -> AsyncIterator[TestDatabase]:
    """The database of a service that reads the log."""
    async with server.database("template_log") as database:
        yield database


@pytest.fixture
async def reading(reader_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the reading service's role."""
    made = await open_pool(reader_database.service)
    yield made
    await made.close()


@pytest.fixture
async def consumer(reading: Pool, publication: Publication, feed: FeedClient) -> Consumer:
    """What keeps the purses in step in the service that reads."""
    made = Consumer(reading, purses, publication.source, feed, PARTITIONS)
    await made.prepare()
    return made


@pytest.fixture
async def mirror(reader_database: TestDatabase) -> AsyncIterator[Executor]:
    """The command path of the service that reacts."""
    async with aclosing(Executor(reader_database.service, MIRRORS, unguarded)) as made:
        yield made


@pytest.fixture
def make(
    mirror: Executor, reading: Pool, publication: Publication, feed: FeedClient
) -> MakeReactor:
    """MakeReactors runners of policies."""

    def made(policy: Policy[Any] | None = None) -> Reactor:
        following = (reading, feed, PARTITIONS)
        return Reactor(mirror, policy or mirroring(), publication.source, following)

    return made


@pytest.fixture
async def reactor(make: MakeReactor) -> Reactor:
    made = make()
    await made.prepare()
    return made


@pytest.fixture
def brought(pool: Pool, publication: Publication) -> Brought:
    """Brings everything that the log tells, in the epoch that it is in, to its readers."""

    async def bring(*readers: Follower) -> None:
        await take(publication.source, readers, records(await outgoing(pool, publication)))

    return bring


def settings_of(broker: Broker) -> Kafka:
    """Settings for this broker."""
    return Kafka(
        bootstrap=broker.bootstrap,
        partitions=PARTITIONS,
        fetch_wait_ms=20,
        idempotent=broker.idempotent,
    )
