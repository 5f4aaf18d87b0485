"""What each case can be found by: the terms of its subject and its details.

Terms are made where texts are opened (`Wording`); neither this file nor its table sees a text. The
row goes with the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.grievance.case.events import CaseCorrected, PetitionRaised
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.projection import ReadModel
from shared.core.state import replace
from shared.core.worded import Worded

# The fields of which events are worded.
WORDED: Mapping[str, Sequence[str]] = {"petition-raised": ("subject", "details")}


@dataclass(frozen=True)
class WordsRow:
    """One case, filed in `month` (Beijing time). `terms` are in order, with spaces between."""

    case_id: UUID
    petitioner: UUID
    month: str
    terms: str


def fold(row: WordsRow | None, recorded: Recorded[Any]) -> WordsRow | None:
    """The case's terms; none of an erased person's."""
    told = recorded.event
    if isinstance(told, CaseCorrected):
        moved = _filed(told)
        return replace(row, month=month_of(moved)) if row is not None and moved else row
    if not isinstance(told, Worded) or not isinstance(told.event, PetitionRaised):
        return row
    terms = frozenset[str]().union(*told.terms.values())
    if not terms:
        return None
    month = month_of(recorded.occurred_at)
    return WordsRow(recorded.stream_id, told.event.petitioner, month, " ".join(sorted(terms)))


def key(recorded: Recorded[Any]) -> UUID | None:
    """A petition whose words are known, and the correction of when it was filed."""
    told = recorded.event
    moved = isinstance(told, CaseCorrected) and _filed(told) is not None
    return recorded.stream_id if moved or isinstance(told, Worded) else None


def _filed(event: CaseCorrected) -> datetime | None:
    moment = event.changes.get("occurred_at") if event.corrects == 1 else None
    return datetime.fromisoformat(str(moment)) if moment else None


case_words: ReadModel[WordsRow, Any] = ReadModel(
    name="case_words",
    row=WordsRow,
    fold=fold,
    key=key,
    subject="petitioner",
    indexes=(
        # The month is a term, too: whoever looks at the latest first need not read of all others.
        "using gin (string_to_array(month || ' ' || terms, ' ')) with (fastupdate = off)",
        "(petitioner)",
    ),
)
