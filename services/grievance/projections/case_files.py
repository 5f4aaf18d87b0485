"""The files that a case names, photos and papers alike: they are kept, whatever else is swept away,
until the person is erased with whose key they are sealed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.case.events import (
    AssistGiven,
    OrderBounced,
    PetitionRaised,
    ProgressNoted,
    RemitDecided,
    ReplySubmitted,
    SiteVerified,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel

Naming = (
    PetitionRaised
    | ReplySubmitted
    | OrderBounced
    | RemitDecided
    | ProgressNoted
    | AssistGiven
    | SiteVerified
)


@dataclass(frozen=True)
class FilesRow:
    """A case that names files: whose they are, and the names, with commas between."""

    case_id: UUID
    petitioner: UUID
    files: str


def fold(row: FilesRow | None, recorded: Recorded[Naming]) -> FilesRow | None:
    """The files that were named so far, in order; no row without any."""
    event = recorded.event
    named = (event.photos if isinstance(event, PetitionRaised) else event.files) or ()
    if not named:
        return row
    before = [row.files] if row else []
    files = ",".join([*before, *(one.file for one in named)])
    return FilesRow(recorded.stream_id, named[0].key.subject, files)


case_files: ReadModel[FilesRow, Naming] = ReadModel(
    name="case_files",
    row=FilesRow,
    fold=fold,
    of=Naming,
    indexes=("(petitioner)", "using gin (string_to_array(files, ',')) with (fastupdate = off)"),
)
