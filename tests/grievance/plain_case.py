"""A case as a clerk would keep it on a card: where it lies and what was agreed, without events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from services.grievance.rules.book_2026_1 import BOOK
from tests.grievance.plain_clocks import last_moment

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
# From where each step leads where, as it is written on the wall. "=" is where the card lies.
LEADS = {
    "RaisePetition": {"new": "filed"},
    "AcceptCase": {"filed": "accepted"},
    "DeclineCase": {"filed": "not_accepted"},
    "DispatchCase": dict.fromkeys(
        ("accepted", "reopened", "bounced", "dispatched", "signed", "redo"), "dispatched"
    ),
    "BounceOrder": {"dispatched": "bounced"},
    "DecideRemit": {"bounced": "dispatched"},
    "SignOrder": {"dispatched": "signed"},
    "ContactRequester": {"signed": "=", "redo": "="},
    "NoteProgress": {"signed": "=", "redo": "="},
    "AssignAssist": dict.fromkeys(("dispatched", "signed", "redo"), "="),
    "GiveAssist": dict.fromkeys(("dispatched", "signed", "redo"), "="),
    "RequestExtension": dict.fromkeys(("dispatched", "signed", "redo"), "="),
    "SubmitReply": {"signed": "replied", "redo": "replied"},
    "VerifySite": {"replied": "=", "callback": "="},
    "RecordCallback": {"replied": "callback", "callback": "callback"},
    "AnswerCallback": {"replied": "callback", "callback": "callback"},
    "OrderRedo": {"replied": "redo", "callback": "redo"},
    "ShelveCase": dict.fromkeys(("signed", "redo", "replied", "callback"), "shelved"),
    "CloseCase": dict.fromkeys(("replied", "callback", "shelved"), "closed"),
    "ReopenCase": {"closed": "reopened"},
    "AskReopen": {"closed": "reopened"},
}
OPEN = (
    "filed", "accepted", "dispatched", "bounced", "signed", "replied", "callback", "redo",
    "shelved", "reopened",
)  # fmt: skip
FRESH = ("filed", "reopened")  # no unit has had it in this round
ALWAYS = (*OPEN, "closed", "not_accepted")
LEADS |= {
    "ReviewShelved": {"shelved": "accepted or ="},
    "WithdrawPetition": dict.fromkeys(OPEN, "closed"),
    "AskWithdrawal": dict.fromkeys(OPEN, "closed"),
    "DecideExtension": dict.fromkeys((one for one in OPEN if one not in FRESH), "="),
    "OpenSupervision": dict.fromkeys(OPEN, "="),
    "EndSupervision": dict.fromkeys(OPEN, "="),
    "RaiseLevel": dict.fromkeys((one for one in OPEN if one != "filed"), "="),
    "RequestExclusion": dict.fromkeys(ALWAYS, "="),
    "DecideExclusion": dict.fromkeys(ALWAYS, "="),
    "VerifyClue": dict.fromkeys(ALWAYS, "="),
}


@dataclass
class Card:
    """What is written on it."""

    status: str = "new"
    unit: str | None = None
    back: list[str] = field(default_factory=list)
    helpers: set[str] = field(default_factory=set)
    bound: bool = False
    reached: bool = False
    again: int = 0
    level: int = 0
    watched: bool = False
    more: str = "no"
    out: str = "no"
    clue: bool = False
    looked_into: bool = False
    sent: datetime = BEGAN
    ended: datetime = BEGAN

    def refuses(self, command: Any, clocks: Any) -> bool:
        """Whether the rules on the wall say no; `clocks` are those that run."""
        name = type(command).__name__
        if self.status not in LEADS[name]:
            return True
        says_no = getattr(self, f"_no_{name}", None)
        return says_no is not None and bool(says_no(command, clocks))

    def take(self, command: Any) -> None:
        """Write down what was done."""
        name = type(command).__name__
        leads = LEADS[name][self.status]
        if leads != "=" and (leads != "accepted or =" or command.resumed):
            self.status = leads.removesuffix(" or =")
        writes = getattr(self, f"_{name}", None)
        if writes is not None:
            writes(command)

    def _RaisePetition(self, command: Any) -> None:  # noqa: N802 - named as the step is
        self.clue = command.case_type == "clue"

    def _DispatchCase(self, command: Any) -> None:  # noqa: N802
        self.unit, self.bound, self.sent = command.unit, False, command.at

    def _DecideRemit(self, command: Any) -> None:  # noqa: N802
        self.unit, self.bound, self.sent = command.unit, True, command.at

    def _CloseCase(self, command: Any) -> None:  # noqa: N802
        self.ended = command.at

    _WithdrawPetition = _CloseCase
    _AskWithdrawal = _CloseCase

    def _BounceOrder(self, command: Any) -> None:  # noqa: N802
        self.back.append(str(self.unit))

    def _AssignAssist(self, command: Any) -> None:  # noqa: N802
        self.helpers.add(command.unit)

    def _RequestExtension(self, command: Any) -> None:  # noqa: N802
        self.more = "asked"

    def _DecideExtension(self, command: Any) -> None:  # noqa: N802
        self.more = "granted" if command.granted else "refused"

    def _RecordCallback(self, command: Any) -> None:  # noqa: N802
        self.reached = command.contacted

    def _AnswerCallback(self, command: Any) -> None:  # noqa: N802
        self.reached = True

    def _OrderRedo(self, command: Any) -> None:  # noqa: N802
        self.again, self.reached = self.again + 1, False

    def _ReopenCase(self, command: Any) -> None:  # noqa: N802
        self.again += 1
        self.back, self.helpers, self.more = [], set(), "no"
        self.bound = self.reached = self.watched = False

    _AskReopen = _ReopenCase

    def _RaiseLevel(self, command: Any) -> None:  # noqa: N802
        self.level += 1

    def _OpenSupervision(self, command: Any) -> None:  # noqa: N802
        self.watched = True

    def _EndSupervision(self, command: Any) -> None:  # noqa: N802
        self.watched = False

    def _RequestExclusion(self, command: Any) -> None:  # noqa: N802
        self.out = "asked"

    def _DecideExclusion(self, command: Any) -> None:  # noqa: N802
        self.out = "granted" if command.granted else "refused"

    def _VerifyClue(self, command: Any) -> None:  # noqa: N802
        self.looked_into = True

    def _no_DispatchCase(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        has_it = self.status in ("dispatched", "signed", "redo") and command.unit == self.unit
        too_often = self.status == "bounced" and len(self.back) > BOOK.bounces
        return has_it or too_often or command.unit in self.back

    def _no_BounceOrder(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return self.bound or command.at > last_moment(BOOK.bounce, self.sent)

    def _no_AskReopen(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return bool(command.at > last_moment(BOOK.reopen, self.ended))

    def _no_AssignAssist(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return command.unit in {self.unit, *self.helpers}

    def _no_GiveAssist(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return command.actor.unit not in self.helpers

    def _no_RequestExtension(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return self.more != "no" or "handle" not in clocks

    def _no_DecideExtension(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return self.more != "asked"

    def _no_ShelveCase(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return "handle" in clocks and self.more != "granted"

    def _no_RecordCallback(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return self.reached

    _no_AnswerCallback = _no_RecordCallback  # noqa: N815

    def _no_RaiseLevel(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        often = self.again >= BOOK.redos or len({*self.back}) >= BOOK.units
        return self.level > 1 or not often

    def _no_OpenSupervision(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return self.watched

    def _no_EndSupervision(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return not self.watched

    def _no_RequestExclusion(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return self.out in ("asked", "granted")

    def _no_DecideExclusion(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return self.out != "asked"

    def _no_VerifyClue(self, command: Any, clocks: Any) -> bool:  # noqa: N802
        return not self.clue or self.looked_into
