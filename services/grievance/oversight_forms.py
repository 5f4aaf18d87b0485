"""What clients send who watch over cases."""

from __future__ import annotations

from services.grievance.fields import FileWords
from services.grievance.words import ExclusionReason
from shared.core.text import Prose, Word
from shared.runtime.web.forms import Form


class Inspection(Form):
    """Look whether what was replied is so."""

    SEALED = ("found",)

    confirmed: bool
    found: Prose
    files: FileWords = ()


class Redo(Form):
    """Send the unit back to work."""

    SEALED = ("words",)

    words: Prose


class Raising(Form):
    """Move the case up a level."""


class Watch(Form):
    """Put the case under special watch, or end that."""

    SEALED = ("words",)

    words: Prose


class Exclusion(Form):
    """Ask that the case does not count for the scores."""

    SEALED = ("grounds",)

    reason: ExclusionReason
    grounds: Prose


class Excluded(Form):
    """Decide whether the case counts for the scores."""

    SEALED = ("words",)

    granted: bool
    words: Prose


class Finding(Form):
    """Whether a clue holds."""

    SEALED = ("words",)

    holds: bool
    words: Prose


class Duplicate(Form):
    """End the case as a duplicate of `original`, by its number, its reference or its id."""

    original: Word
