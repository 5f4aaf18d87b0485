"""Files of petitions from elsewhere, read row by row: each row is good or says why it is not."""

from .mapping import Mapping, load_mapping
from .reading import Intake, read
from .refusal import Refused
from .rejects import RejectsFile
from .verdicts import BadRow, GoodRow, Reject, Verdict

__all__ = [
    "BadRow",
    "GoodRow",
    "Intake",
    "Mapping",
    "Refused",
    "Reject",
    "RejectsFile",
    "Verdict",
    "load_mapping",
    "read",
]
