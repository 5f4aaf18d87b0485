"""Rule books as their readers get them: every figure with its source, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from services.grievance.rules.book import FIGURES, RuleBook
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.rules.shelf import Shelf
from services.grievance.service import Grievance
from shared.core.local_time import day_of, start_of

Line = Mapping[str, Any]
BUILT_IN: Line = {
    "published_at": None, "published_by": None, "withdrawn_at": None, "withdrawn_by": None,
}  # fmt: skip


def books(service: Grievance, rows: Sequence[Line], now: datetime) -> list[dict[str, Any]]:
    """All books, the last one published first, that which everybody begins with last."""
    lines = [(BOOK, BUILT_IN), *((RuleBook.model_validate_json(r["content"]), r) for r in rows)]
    standing = tuple(book for book, line in lines if line["withdrawn_at"] is None)
    told = []
    for number, (book, line) in enumerate(lines):
        earlier = tuple(b for b, one in lines[:number] if one["withdrawn_at"] is None)
        view = _view(book, _before(service, book, earlier))
        view["state"] = _state(book, line, standing, now)
        told.append(view | {name: line[name] for name in BUILT_IN})
    return told[::-1]


def above(service: Grievance, scope: str) -> Sequence[str]:
    """A territory and what it lies in, as far as the map knows it."""
    if not scope:
        return ()
    known = service.map.atlas.get(scope) is not None
    return service.map.boundaries().above(scope) if known else (scope,)


def _before(service: Grievance, book: RuleBook, earlier: Sequence[RuleBook]) -> RuleBook | None:
    """What would be in force in its place without it when it starts; None for the first book."""
    if not earlier:
        return None
    starts = start_of(book.starts.isoformat())
    return Shelf(tuple(earlier)).in_force(above(service, book.scope), starts)


def _state(book: RuleBook, line: Line, standing: Sequence[RuleBook], now: datetime) -> str:
    if line["withdrawn_at"] is not None:
        return "withdrawn"
    if book.starts > date.fromisoformat(day_of(now)):
        return "to_come"
    own = tuple(one for one in standing if one.scope == book.scope)
    places = (book.scope,) if book.scope else ()
    return "in_force" if Shelf(own).in_force(places, now) is book else "past"


def _view(book: RuleBook, before: RuleBook | None) -> dict[str, Any]:
    were = dict(_figures(before)) if before else {}
    return {
        "version": book.version,
        "starts": book.starts.isoformat(),
        "scope": book.scope,
        "before": before.version if before else None,
        "figures": [
            {
                "figure": name,
                "of": of,
                "value": value,
                "was": were.get((name, of)),
                "changed": before is not None and were.get((name, of)) != value,
                "source": book.sources.get(name.removesuffix("_otherwise"), ""),
            }
            for (name, of), value in _figures(book)
        ],
        "closed": [day.isoformat() for day in book.closed],
        "worked": [day.isoformat() for day in book.worked],
    }


def _figures(book: RuleBook) -> Iterator[tuple[tuple[str, str | None], str]]:
    """Every figure by name and by what of, as text; a limit as it is written, such as `5wd`."""
    for name in FIGURES:
        value = getattr(book, name)
        if isinstance(value, Mapping):
            yield from (((name, of), str(one)) for of, one in value.items())
        else:
            yield (name, None), str(value)


def now() -> datetime:
    """The moment at which states are told."""
    return datetime.now(UTC)
