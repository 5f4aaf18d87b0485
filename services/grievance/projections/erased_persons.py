"""Who was erased here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.person.events import SubjectErased
from shared.core.projection import ReadModel


@dataclass(frozen=True)
class ErasedRow:
    """A person, by the stream that says so and by the id that cases have."""

    person: UUID
    subject: UUID


def fold(_: ErasedRow | None, recorded: Recorded[SubjectErased]) -> ErasedRow:
    """A person is erased once."""
    return ErasedRow(recorded.stream_id, recorded.event.subject)


erased_persons: ReadModel[ErasedRow, SubjectErased] = ReadModel(
    name="erased_persons",
    row=ErasedRow,
    fold=fold,
    of=SubjectErased,
    indexes=("(subject)",),
)
