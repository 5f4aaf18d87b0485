"""The words of a notice. They name the number and what to do next; nobody, and no way to reach
them. Nothing that anyone wrote is in them: a phone may be in other hands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.grievance.telling.sentences import SENTENCES, Language, Sentences
from services.grievance.words import ToldOf


@dataclass(frozen=True)
class Subject:
    """What is told: a step of the petition of this number, and what the event says of it in codes,
    days and names of units."""

    step: ToldOf
    number: str
    has_code: bool
    unit: str | None = None
    outcome: str | None = None
    reason: str | None = None
    days: int | None = None
    review_on: str | None = None


def title_of(number: str, languages: Sequence[Language]) -> str:
    """The line above a notice."""
    return SENTENCES[languages[0]].title.format(number=number)


def text_of(subject: Subject, languages: Sequence[Language], url: str | None) -> str:
    """The notice, a line for each language."""
    return "\n".join(_line(SENTENCES[language], subject, url) for language in languages)


def _line(said: Sentences, subject: Subject, url: str | None) -> str:
    told: dict[str, Any] = {**vars(subject)}
    outcomes: Any = said.outcome
    reasons: Any = said.reason
    told["outcome"] = outcomes.get(subject.outcome, subject.outcome)
    told["reason"] = reasons.get(subject.reason, subject.reason)
    parts = [said.happened[subject.step].format(**told)]
    if after := said.next.get(subject.step):
        parts.append(after)
    what = said.code if subject.has_code else said.number
    followed = subject.has_code and url
    parts.append(said.at.format(what=what, url=url) if followed else f"{what}{_stop(said)}")
    return said.between.join(parts)


def _stop(said: Sentences) -> str:
    return "." if said.between else "。"
