"""What an application must hold to, from the day it is made to the award."""

from __future__ import annotations

from datetime import date

from services.volunteer.account.state import Account
from services.volunteer.stars.commands import ApplyStar, AwardStar, NoticeStar, ObjectStar
from services.volunteer.stars.events import (
    StarApplied,
    StarAwarded,
    StarNoticed,
    StarObjected,
)
from services.volunteer.stars.state import Application, Stars
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.core.workdays import WorkCalendar

CALENDAR = WorkCalendar()


def applied(command: ApplyStar, stars: Stars, account: Account) -> list[StarApplied]:
    """The application. Raises Rejected."""
    _may_apply(command, stars, account)
    rules = command.rules
    rung = rules.rung(command.star)
    if rung is None:
        raise Rejected("no_such_star", f"the ladder has {len(rules.ladder)} stars", "star")
    if command.star <= stars.held:
        raise Rejected("star_is_held", f"they hold {stars.held} stars", "star")
    if not rules.skipping and command.star > stars.held + 1:
        detail = f"{stars.held + 1} comes first: the ladder skips none"
        raise Rejected("star_skipped", detail, "star")
    year = day_of(command.at)[:4] if rules.window == "calendar_year" else None
    minutes = counted(account, year)
    if minutes < rung.minutes:
        detail = f"it takes {rung.minutes} approved minutes; these are {minutes}"
        raise Rejected("hours_too_few", detail, "star")
    return [
        StarApplied(
            at=command.at,
            person=command.person,
            territory=account.territory,
            star=command.star,
            minutes=minutes,
            needs=rung.minutes,
            level=rung.level,
            notice_days=rules.notice_days,
            rules=rules.version,
            applicant=command.actor.id,
            year=year,
        )
    ]


def noticed(command: NoticeStar, stars: Stars) -> list[StarNoticed]:
    """The public notice: so many working days, the day on which it begins not counted."""
    told = _of(stars).told
    first = date.fromisoformat(day_of(command.at))
    until = CALENDAR.after(first, told.notice_days)
    return [StarNoticed(at=command.at, star=told.star, until=until.isoformat())]


def objected(command: ObjectStar, stars: Stars) -> list[StarObjected]:
    """The objection. Raises Rejected once the notice is over, and from the volunteer."""
    application = _of(stars)
    if application.until is None or day_of(command.at) > application.until:
        raise Rejected("notice_is_over", f"it was on notice until {application.until}")
    if command.actor.id == stars.owner:
        raise Rejected("objection_to_oneself", "ask to have your application withdrawn instead")
    star, objector = application.told.star, command.actor.id
    return [StarObjected(at=command.at, star=star, objector=objector, words=command.words)]


def awarded(command: AwardStar, stars: Stars, account: Account) -> list[StarAwarded]:
    """The award. Raises Rejected while the notice runs or an objection stands, without the higher
    body's document, and where hours have gone since."""
    application = _of(stars)
    told = application.told
    _is_over(command, application)
    _stands(application)
    if told.level != "county" and not command.document:
        detail = f"star {told.star} is the {told.level}'s to award: name the document of theirs"
        raise Rejected("document_missing", detail, "document")
    minutes = counted(account, told.year)
    if minutes < told.needs:
        detail = f"it takes {told.needs} approved minutes; {minutes} are left"
        raise Rejected("hours_too_few", detail)
    return [
        StarAwarded(
            at=command.at,
            person=told.person,
            territory=told.territory,
            star=told.star,
            level=told.level,
            rules=told.rules,
            minutes=minutes,
            needs=told.needs,
            year=told.year,
            certificate=command.certificate,
            document=command.document,
        )
    ]


def counted(account: Account, year: str | None) -> int:
    """The approved minutes that count: all of them, or those of what was served in this year."""
    if year is None:
        return account.served
    return sum(
        record.told.minutes
        for record in account.records.values()
        if record.status == "approved" and record.told.day[:4] == year
    )


def _may_apply(command: ApplyStar, stars: Stars, account: Account) -> None:
    """Raises Rejected for somebody without an open account, who is barred or in doubt."""
    if account.status == "new":
        raise Rejected("no_account", "nothing is kept for this person")
    if account.status == "closed":
        raise Rejected("account_closed", "the account of this person is closed")
    if account.barred_until is not None and command.at < account.barred_until:
        detail = f"barred until {account.barred_until.isoformat()}"
        raise Rejected("barred_from_stars", detail)
    if stars.doubt is not None:
        detail = f"say first what becomes of star {stars.held}, which is in doubt"
        raise Rejected("star_in_doubt", detail)


def _is_over(command: AwardStar, application: Application) -> None:
    if application.until is None:
        if application.told.notice_days:
            raise Rejected("not_on_notice", "put it on public notice first")
        return
    if day_of(command.at) <= application.until:
        raise Rejected("notice_still_running", f"it is on notice until {application.until}")


def _stands(application: Application) -> None:
    if "open" in application.objections.values():
        raise Rejected("objection_open", "answer the objections first")
    if "upheld" in application.objections.values():
        raise Rejected("objection_is_upheld", "an objection was upheld: refuse it")


def _of(stars: Stars) -> Application:
    assert stars.application is not None
    return stars.application
