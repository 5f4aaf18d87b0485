"""What two people have to do in the life of a case, whatever their roles.

People are told apart by their unit: whose work it was is remembered as it was signed for, so that a
dispatch that is corrected afterwards gives nobody their own work to judge.
"""

from __future__ import annotations

from services.grievance.case.commands import (
    CaseCommand,
    CorrectCase,
    DecideExclusion,
    DecideExtension,
    RecordCallback,
    VerifySite,
)
from services.grievance.case.events import CallbackRecorded
from services.grievance.case.state import Case
from shared.core.access import Separation
from shared.core.messages import Actor, Forbidden

HANDLED = ("sign_order", "submit_reply")


def callback_by_handler(command: CaseCommand, case: Case) -> None:
    """A unit that worked on a case does not ask the petitioner how it was. Raises Forbidden."""
    if isinstance(command, RecordCallback) and handled(command.actor, case):
        detail = "the handling unit may not call back on its own work"
        raise Forbidden("callback_by_handler", detail)


def callback_corrected_by_handler(command: CaseCommand, case: Case) -> None:
    """Nor does it change what was answered then. Raises Forbidden."""
    if isinstance(command, CorrectCase) and handled(command.actor, case):
        corrected = case.past[command.corrects - 1 : command.corrects]
        if corrected and isinstance(corrected[0], CallbackRecorded):
            detail = "the handling unit may not correct a callback on its own work"
            raise Forbidden("callback_corrected_by_handler", detail)


def site_verified_by_handler(command: CaseCommand, case: Case) -> None:
    """A unit that worked on a case does not look whether its own reply is so. Raises Forbidden."""
    if isinstance(command, VerifySite) and handled(command.actor, case):
        detail = "the handling unit may not verify its own work"
        raise Forbidden("site_verified_by_handler", detail)


def extension_by_asker(command: CaseCommand, case: Case) -> None:
    """Who asks for more time does not give it. Raises Forbidden."""
    if isinstance(command, DecideExtension) and command.actor.id == case.extension_by:
        raise Forbidden("extension_by_asker", "you asked for it: another person has to decide")


def exclusion_by_asker(command: CaseCommand, case: Case) -> None:
    """Who asks that a case does not count does not decide it. Raises Forbidden."""
    if isinstance(command, DecideExclusion) and command.actor.id == case.exclusion_by:
        raise Forbidden("exclusion_by_asker", "you asked for it: another person has to decide")


def handled(actor: Actor, case: Case) -> bool:
    """Whether the actor's unit worked on the case."""
    unit = actor.unit
    return unit is not None and unit in (case.unit, *case.handlers)


SEPARATIONS = (
    Separation(HANDLED, "record_callback", "unit", callback_by_handler),
    Separation(HANDLED, "correct_case", "unit", callback_corrected_by_handler, of="callback 回访"),
    Separation(HANDLED, "verify_site", "unit", site_verified_by_handler),
    Separation(("request_extension",), "decide_extension", "person", extension_by_asker),
    Separation(("request_exclusion",), "decide_exclusion", "person", exclusion_by_asker),
)
