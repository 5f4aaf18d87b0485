"""Why a file is not taken as a paper."""

from __future__ import annotations


class NotAPaper(Exception):
    """The bytes are no PDF, a broken one, or one that does more than show pages; the message says
    which."""
