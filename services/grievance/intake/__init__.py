"""Files of petitions from elsewhere, read row by row: each row is good or says why it is not."""

from .mapping import Mapping, load_mapping
from .reading import Intake, read
from .verdicts import BadRow, GoodRow, Verdict

__all__ = [
    "BadRow",
    "GoodRow",
    "Intake",
    "Mapping",
    "Verdict",
    "load_mapping",
    "read",
]
