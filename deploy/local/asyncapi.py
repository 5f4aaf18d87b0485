"""What services publish and receive, as AsyncAPI 3.0 has it: topics, records, who reads them.

Not with FastStream's own generator: it knows no schema for headers, makes a channel of every
message, and tells of a correlation header and of servers that are not there.
"""

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from deploy.local.envelopes import KAFKA, Schema, headers, messages, text
from shared import contracts
from shared.contracts.source import Source

CHANNEL = (
    "One record an event, in the order of the log within each partition. The partition of a stream "
    "is the last two bytes of its id, as a big-endian number, modulo the number of partitions; a "
    "topic keeps that number for ever. `ce_previous` names the position sent before to the same "
    "partition: who has not had it lacks something, which the feed serves, `GET /contracts` of the "
    "publisher's API. A record may come twice; a `ce_id` not past the last one taken is a repeat. "
    "Types that are unknown are to be skipped."
)
READS = "From the earliest record on; acknowledged after its effect is committed."


def description(service: str) -> Schema | None:
    """What a service publishes and receives; None when it does neither."""
    published = [source for source in sources() if source.service == service]
    read = received(service)
    if not published and not read:
        return None
    described = {name: one for source in published for name, one in messages(source)}
    schemas = {"messages": described, "schemas": headers()} if described else {}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"Linli {service}",
            "version": "1",
            "description": "CloudEvents 1.0 in binary mode.",
        },
        "channels": {
            **{source.log: _channel(source) for source in published},
            **{source.log: {"$ref": _elsewhere(source)} for source in read},
        },
        "operations": {
            **{f"publish_{source.log}": _sends(source) for source in published},
            **{f"read_{source.log}": _receives(service, source) for source in read},
        },
        "components": schemas,
    }


def sources() -> list[Source]:
    """Every published log, by the name of its module."""
    names = sorted(module.name for module in pkgutil.iter_modules(contracts.__path__))
    modules = [import_module(f"{contracts.__name__}.{name}") for name in names]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Source)]


def received(service: str) -> Sequence[Source]:
    """The logs whose topics this service reads."""
    name = f"services.{service}.subscribers"
    if find_spec(name) is None:
        return ()
    found: Sequence[Source] = import_module(name).SOURCES
    return found


def _channel(source: Source) -> Schema:
    return {
        "address": source.topic,
        "description": CHANNEL,
        "messages": {
            name: {"$ref": f"#/components/messages/{name}"} for name, _ in messages(source)
        },
        "bindings": {"kafka": {"topic": source.topic, **KAFKA}},
    }


def _elsewhere(source: Source) -> str:
    return f"./{source.service}.asyncapi.json#/channels/{source.log}"


def _sends(source: Source) -> Schema:
    return {"action": "send", "channel": {"$ref": f"#/channels/{source.log}"}}


def _receives(service: str, source: Source) -> Schema:
    group = text("The service, and the id of the cluster", pattern=f"^{service}\\..+$")
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{source.log}"},
        "description": READS,
        "bindings": {"kafka": {"groupId": group, **KAFKA}},
    }
