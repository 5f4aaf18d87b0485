"""The closed union of a service's events, read and written: the union is the only registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar, get_args, get_origin

from shared.core.canonical import canonical
from shared.core.messages import Event
from shared.core.reading import Build, Reader, fields_read, straight
from shared.core.reading import Payload as Payload

E = TypeVar("E", bound=Event)
Upcaster = Callable[[Payload], Payload]
Upcasters = Mapping[tuple[str, int], Upcaster]

_COLUMNS = {"type", "at"}


class UnknownEvent(Exception):
    """The log holds a type, or a version of it, that this code cannot read."""


@dataclass(frozen=True)
class Catalogue(Generic[E]):
    """Encodes and decodes every event of one closed union."""

    classes: Mapping[str, type[E]]
    upcasters: Upcasters = field(default_factory=dict)

    @cached_property
    def _readers(self) -> Mapping[tuple[str, int], Reader]:
        """How each version of each type is read: today's as it is, older ones step by step."""
        readers: dict[tuple[str, int], Reader] = {}
        for type_, cls in self.classes.items():
            readers[type_, cls.schema_version] = straight(cls)
            build: Build = cls.__pydantic_validator__.validate_python
            for version in range(cls.schema_version - 1, 0, -1):
                build = _after(self.upcasters[type_, version], build)
                readers[type_, version] = fields_read(build)
        return readers

    @staticmethod
    def of(union: Any, upcasters: Upcasters | None = None) -> Catalogue[Any]:
        """The catalogue of a union `A | B | …`, annotated or not.

        Raises TypeError when an older version of an event has no upcaster.
        """
        classes = {cls.model_fields["type"].default: cls for cls in members(union)}
        known = upcasters or {}
        for type_, cls in classes.items():
            for version in range(1, cls.schema_version):
                if (type_, version) not in known:
                    raise TypeError(f"no upcaster for {type_} v{version}")
        return Catalogue(classes, known)

    def encode(self, event: E) -> bytes:
        """The canonical payload: all but `type` and `at`, absent values left out."""
        write = event.__pydantic_serializer__.to_python
        return canonical(write(event, mode="json", exclude=_COLUMNS, exclude_none=True))

    def decode(self, type_: str, schema_version: int, payload: bytes, at: datetime) -> E:
        """The event in today's shape, upcast step by step. Raises UnknownEvent."""
        read = self._readers.get((type_, schema_version))
        if read is None:
            raise UnknownEvent(f"{type_} v{schema_version}")
        event: E = read(payload, at)
        return event


def _after(upcast: Upcaster, build: Build) -> Build:
    def older(fields: Payload) -> Any:
        at = fields.pop("at")
        return build({**upcast(fields), "at": at})

    return older


def members(union: Any) -> tuple[type[Event], ...]:
    """The classes of a union `A | B | …`, annotated or not, in its order."""
    if isinstance(union, type):
        return (union,)
    inner = get_args(union)
    if getattr(get_origin(union), "__name__", "") == "Annotated" or hasattr(union, "__metadata__"):
        return members(inner[0])
    return tuple(member for part in inner for member in members(part))
