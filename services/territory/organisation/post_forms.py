"""What clients send about posts: `holder` and `delegate` are ids of persons."""

from __future__ import annotations

from uuid import UUID

from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Moment


class Filling(Form):
    """Give a post to a person, from when it happens on; to `until`, where that is known. A late
    entry with `until` closes a gap of the past."""

    holder: UUID
    until: Moment | None = None


class Vacating(Form):
    """End what this person holds."""

    holder: UUID


class LeaveForm(Form):
    """Put on record that a holder is or will be away. Where one person holds the post, a delegate
    stands in."""

    holder: UUID
    since: Moment
    until: Moment
    delegate: UUID | None = None


class Return(Form):
    """Put on record that a holder is back before time; call off a leave to come."""

    holder: UUID
