"""What a service record must hold to, and what it leads to."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.volunteer.account import saving
from services.volunteer.account.commands import (
    ApproveHours,
    BarVolunteer,
    IssueCertificate,
    LogHours,
    RejectHours,
    ReverseHours,
)
from services.volunteer.account.events import AccountEvent
from services.volunteer.account.record_events import (
    AccountOpened,
    CertificateIssued,
    HoursApproved,
    HoursLogged,
    HoursRejected,
    HoursReversed,
    VolunteerBarred,
)
from services.volunteer.account.state import Account, Record
from services.volunteer.words import RecordStatus
from shared.core.late_entry import CLOCK_SLACK
from shared.core.local_time import day_of, end_of
from shared.core.messages import Rejected

CARRIED = (
    "person", "day", "minutes", "territory", "service", "evidence", "since", "until", "proof",
    "spot", "activity", "team", "help", "care", "beneficiary", "sponsor", "note", "late_reason",
)  # fmt: skip


def logged(command: LogHours, account: Account) -> list[AccountEvent]:
    """The record, after the account where there was none. Raises Rejected."""
    record = told(command, account)
    if account.barred_until is not None and command.at < account.barred_until:
        until = account.barred_until.isoformat()
        raise Rejected("volunteer_barred", f"no hours are taken on record until {until}", "person")
    if account.status == "open":
        return [record]
    return [AccountOpened(at=command.at, person=command.person, territory=command.home), record]


def told(command: LogHours, account: Account) -> HoursLogged:
    """The record as it is put down. Raises Rejected for what nobody can have served."""
    _timely(command)
    _spanned(command)
    _fits(command, account)
    carried = {name: getattr(command, name) for name in CARRIED}
    recorder = command.recorder or command.actor.id
    return HoursLogged(at=command.at, recorder=recorder, **carried)


def approved(command: ApproveHours, account: Account) -> list[AccountEvent]:
    """The approval, and what of it is saved. Raises Rejected."""
    record = one(account, command.record, "logged")
    told = record.told
    assert account.person is not None
    approval = HoursApproved(
        at=command.at,
        person=account.person,
        record=command.record,
        minutes=told.minutes,
        day=told.day,
        territory=told.territory,
        service=told.service,
        activity=told.activity,
        team=told.team,
        approver=command.actor.id,
        total=account.served + told.minutes,
    )
    return [approval, *saving.deposited(command, account, told.minutes)]


def rejected(command: RejectHours, account: Account) -> list[AccountEvent]:
    """The rejection. Raises Rejected."""
    one(account, command.record, "logged")
    return [
        HoursRejected(
            at=command.at, record=command.record, reason=command.reason, words=command.words
        )
    ]


def reversed_(command: ReverseHours, account: Account) -> list[AccountEvent]:
    """The reversal, and what is taken back. Raises Rejected."""
    record = one(account, command.record, "approved")
    told = record.told
    assert account.person is not None
    reversal = HoursReversed(
        at=command.at,
        person=account.person,
        record=command.record,
        minutes=told.minutes,
        day=told.day,
        territory=told.territory,
        service=told.service,
        activity=told.activity,
        team=told.team,
        reason=command.reason,
        words=command.words,
        total=account.served - told.minutes,
    )
    return [reversal, *saving.taken_back(command, account, record)]


def barred(command: BarVolunteer, account: Account) -> list[AccountEvent]:
    """The bar. Raises Rejected for one that ends before it begins or lasts too long."""
    if command.until <= command.at:
        raise Rejected("ends_before_it_begins", "until lies in the past", "until")
    years = command.rules.barred_years
    if command.until > command.at + timedelta(days=366 * years):
        raise Rejected("barred_too_long", f"at most {years} years", "until")
    return [VolunteerBarred(at=command.at, until=command.until, reason=command.reason)]


def certified(command: IssueCertificate, account: Account) -> list[AccountEvent]:
    """The certificate. Raises Rejected where there is nothing to certify."""
    if command.serial in account.serials:
        raise Rejected("serial_taken", f"there is a certificate {command.serial}", "serial")
    found = [
        record.told.minutes
        for record in account.records.values()
        if record.status == "approved" and command.since <= record.told.day <= command.until
    ]
    if not found:
        raise Rejected("nothing_to_certify", "no approved hours in these days", "since")
    assert account.person is not None
    return [
        CertificateIssued(
            at=command.at,
            person=account.person,
            serial=command.serial,
            since=command.since,
            until=command.until,
            minutes=sum(found),
            records=len(found),
            name=command.name,
        )
    ]


def one(account: Account, number: int, status: RecordStatus) -> Record:
    """The record of this number. Raises Rejected where there is none or it stands otherwise."""
    record = account.records.get(number)
    if record is None:
        raise Rejected("no_such_record", f"this person has no record {number}", "record")
    if record.status != status:
        code = f"record_is_{record.status}"
        raise Rejected(code, f"record {number} is {record.status}", "record")
    return record


def _timely(command: LogHours) -> None:
    day = command.day
    if day > day_of(command.at):
        raise Rejected("occurs_in_the_future", f"{day} has not been yet", "day")
    late = end_of(day) + timedelta(days=command.rules.late_days)
    if command.at >= late and command.late_reason is None:
        days = command.rules.late_days
        detail = f"more than {days} days after {day}: say why it is entered late"
        raise Rejected("late_entry_needs_reason", detail, "late_reason")


def _spanned(command: LogHours) -> None:
    """Raises Rejected for minutes that no service has, or that the span cannot hold."""
    if command.minutes <= 0:
        raise Rejected("minutes_not_positive", "name at least one minute", "minutes")
    if command.minutes > command.rules.longest:
        detail = f"a single service lasts {command.rules.longest} minutes at most"
        raise Rejected("service_too_long", detail, "minutes")
    since, until = command.since, command.until
    if since is not None and until is not None:
        _holds(command, since, until)
    elif since is not None or until is not None:
        raise Rejected("half_a_span", "name both since and until, or neither", "until")


def _holds(command: LogHours, since: datetime, until: datetime) -> None:
    if until <= since:
        raise Rejected("sign_out_before_sign_in", "until lies before since", "until")
    if until > command.at + CLOCK_SLACK:
        raise Rejected("occurs_in_the_future", "until lies in the future", "until")
    if day_of(since) != command.day:
        raise Rejected("other_day", f"since is on {day_of(since)}, not on {command.day}", "day")
    if timedelta(minutes=command.minutes) > until - since:
        raise Rejected("longer_than_the_span", "more minutes than from since to until", "minutes")


def _fits(command: LogHours, account: Account) -> None:
    """Raises Rejected where the time is taken already, by another record of the same person."""
    standing = account.standing()
    for number, record in standing:
        told = record.told
        if _meet(command, told.since, told.until):
            raise Rejected("overlapping_shifts", f"record {number} is of the same time", "since")
        if command.proof is not None and command.proof == told.proof:
            raise Rejected("evidence_used", f"record {number} shows the same evidence", "proof")
    whole = command.minutes + sum(r.told.minutes for _, r in standing if r.told.day == command.day)
    if whole > command.rules.daily:
        detail = f"{whole} minutes on {command.day}; a day takes {command.rules.daily}"
        raise Rejected("day_overfull", detail, "minutes")


def _meet(command: LogHours, since: datetime | None, until: datetime | None) -> bool:
    if command.since is None or command.until is None or since is None or until is None:
        return False
    return command.since < until and since < command.until
