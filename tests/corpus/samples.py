"""The corpus: where its files are, what they say, how a missing one is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from services.grievance.rules.book import RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK as POINTS_BOOK
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK as VOLUNTEER_BOOK
from shared.core.canonical import canonical
from shared.core.catalogue import Catalogue
from shared.core.messages import Event
from shared.core.sealed import Sealed

ROOT = Path(__file__).parent
SERVICES = ROOT.parent.parent / "services"
HAPPENED = datetime(2026, 5, 1, 4, 30, 0, 123_456, tzinfo=UTC)
PERSON = UUID("018f6b2e-7c00-7a3b-9c4d-5e6f708192a3")
PLAIN: dict[Any, Any] = {
    str: "文字 text",
    int: 3,
    bool: True,
    UUID: PERSON,
    datetime: HAPPENED,
    AwareDatetime: HAPPENED,
    dict: {"number": 2, "text": "改正", "truth": False, "nothing": None},
}
# Models with rules of their own, which no made up text meets.
WHOLE: dict[Any, Any] = {
    RuleBook: BOOK.model_copy(
        update={"closed": (date(2026, 7, 1),), "worked": (date(2026, 7, 4),)}
    ),
    PointsRules: POINTS_BOOK,
    VolunteerRules: VOLUNTEER_BOOK.model_copy(update={"opens_age": 60}),
}


def catalogues() -> dict[str, Catalogue[Any]]:
    """The events of every log; the first of a service is called after it."""
    names = sorted(path.parent.name for path in SERVICES.glob("*/log.py"))
    modules = [import_module(f"services.{name}.log") for name in names]
    logs = [getattr(one, "LOGS", {one.LOG: one.EVENTS}) for one in modules]
    return {name: catalogue for kept in logs for name, catalogue in kept.items()}


def path(service: str, type_: str, schema_version: int) -> Path:
    """Where the samples of this shape are."""
    return ROOT / service / f"{type_}.v{schema_version}.json"


def files(service: str) -> list[Path]:
    """All files of a service."""
    return sorted((ROOT / service).glob("*.json"))


def read(file: Path) -> dict[str, Any]:
    """One file as it is written."""
    return cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))


def decoded(catalogue: Catalogue[Any], file: dict[str, Any]) -> Iterator[Event]:
    """The file's samples, read as the log would be read today."""
    at = datetime.fromisoformat(file["occurred_at"])
    for sample in file["samples"]:
        yield catalogue.decode(
            file["type"], file["schema_version"], canonical(sample["payload"]), at
        )


def told(event: Event) -> dict[str, Any]:
    """The event as the corpus tells it; what is absent is left out."""
    return event.model_dump(mode="json", exclude_none=True)


def made(catalogue: Catalogue[Any], cls: type[Event]) -> dict[str, Any]:
    """A new file for today's shape of this event."""
    required = {name for name, field in cls.model_fields.items() if field.is_required()}
    events = [_event(cls, set(cls.model_fields)), _event(cls, required)]
    return {
        "type": cls.model_fields["type"].default,
        "schema_version": cls.schema_version,
        "occurred_at": HAPPENED.isoformat(),
        "samples": [
            {
                "payload": json.loads(catalogue.encode(event)),
                "read_as": {str(cls.schema_version): told(event)},
            }
            for event in events
        ],
    }


def _event(cls: type[Event], names: set[str]) -> Event:
    given = {name: _value(name, cls.model_fields[name].annotation) for name in names}
    return cls.model_validate(given | {"at": HAPPENED})


def _value(name: str, annotation: Any) -> Any:  # noqa: PLR0911 - one a kind of annotation
    origin, members = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return members[0]
    if origin in (Union, UnionType):
        return _value(name, members[0])
    if origin is tuple:
        return (_value(name, members[0]),)
    if origin is dict and members[0] is not str:
        return {_value(name, members[0]): _value(name, members[1])}
    if get_origin(annotation) is Annotated:
        return _value(name, members[0])
    if annotation is Sealed:
        return Sealed(subject=PERSON, field=name, box="c2VhbGVkLCBub3QgcmVhZGFibGU=")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return WHOLE[annotation] if annotation in WHOLE else _model(annotation)
    return PLAIN[origin or annotation]


def _model(cls: type[BaseModel]) -> BaseModel:
    fields = cls.model_fields
    return cls(**{each: _value(each, fields[each].annotation) for each in fields})
