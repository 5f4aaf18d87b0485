"""In which states of a case a command is taken."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import get_args

from services.grievance.case.commands import (
    AcceptCase,
    AnswerCallback,
    AskReopen,
    AskWithdrawal,
    AssignAssist,
    BounceOrder,
    CaseCommand,
    CloseCase,
    ContactRequester,
    CorrectCase,
    DecideExclusion,
    DecideExtension,
    DecideRemit,
    DeclineCase,
    DispatchCase,
    EndSupervision,
    GiveAssist,
    JoinCampaign,
    LinkCase,
    NoteProgress,
    NoteTime,
    OpenSupervision,
    OrderRedo,
    RaiseLevel,
    RaisePetition,
    RecordCallback,
    RecordPastPetition,
    ReopenCase,
    RequestExclusion,
    RequestExtension,
    ReviewShelved,
    ShelveCase,
    SignOrder,
    SubmitReply,
    VerifyClue,
    VerifySite,
    WithdrawPetition,
)
from services.grievance.case.orders import WITH_A_UNIT
from services.grievance.words import OVER, Status

BEGUN: frozenset[Status] = frozenset(get_args(Status)) - {"new"}
OPEN: frozenset[Status] = BEGUN - OVER
AT_WORK: frozenset[Status] = frozenset({"signed", "redo"})
ANSWERED: frozenset[Status] = frozenset({"replied", "callback"})

ALLOWED: Mapping[type[CaseCommand], Set[Status]] = {
    RaisePetition:      {"new"},
    RecordPastPetition: {"new"},
    AcceptCase:         {"filed"},
    DeclineCase:        {"filed"},
    DispatchCase:       {"accepted", "reopened", "bounced", *WITH_A_UNIT},
    BounceOrder:        {"dispatched"},
    DecideRemit:        {"bounced"},
    SignOrder:          {"dispatched"},
    ContactRequester:   AT_WORK,
    NoteProgress:       AT_WORK,
    AssignAssist:       WITH_A_UNIT,
    GiveAssist:         WITH_A_UNIT,
    RequestExtension:   WITH_A_UNIT,
    DecideExtension:    OPEN - {"filed", "reopened"},
    SubmitReply:        AT_WORK,
    VerifySite:         ANSWERED,
    RecordCallback:     ANSWERED,
    AnswerCallback:     ANSWERED,
    OrderRedo:          ANSWERED,
    ShelveCase:         AT_WORK | ANSWERED,
    ReviewShelved:      {"shelved"},
    CloseCase:          ANSWERED | {"shelved"},
    ReopenCase:         {"closed"},
    AskReopen:          {"closed"},
    WithdrawPetition:   OPEN,
    AskWithdrawal:      OPEN,
    LinkCase:           BEGUN,
    JoinCampaign:       BEGUN,
    RaiseLevel:         OPEN - {"filed"},
    OpenSupervision:    OPEN,
    EndSupervision:     OPEN,
    RequestExclusion:   BEGUN,
    DecideExclusion:    BEGUN,
    VerifyClue:         BEGUN,
    CorrectCase:        BEGUN,
    NoteTime:           BEGUN,
}  # fmt: skip
