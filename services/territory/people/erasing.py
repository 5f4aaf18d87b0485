"""From the asking of an erasure to the log, and to what came of it in every service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.territory.access import ACCESS
from services.territory.erasure import stream
from services.territory.erasure.asking import asked
from services.territory.erasure.commands import AskErasure
from services.territory.erasure.decider import erasure
from services.territory.log import LOG
from services.territory.people import forms
from services.territory.people.desk import ResidentDesk
from services.territory.people.file import Files
from services.territory.queries.erasures import Erasures
from services.territory.resident.decider import resident
from services.territory.service import Territory
from shared.core.access import Thing, action_of
from shared.core.messages import Actor
from shared.runtime.commands.submission import Submission, Target
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class ErasureDesk:
    """Asks for erasures, and tells how far they have come."""

    def __init__(self, service: Territory) -> None:
        self._service = service
        self._files = Files(service.pool)

    async def ask(self, person_id: UUID, form: forms.Erasure, asking: Asking) -> Answer:
        """Erase a person by all their ids: first the events, then the keys; the events alone are
        enough, and every other service that keeps keys follows them."""
        return await asking.first_or(self._asked(person_id, form, asking), self._service.executor)

    async def seen(self, person_id: UUID, actor: Actor) -> dict[str, Any]:
        """Which service has answered when, by every id of the person. Raises Problem (404) when
        nothing was asked for, or not where this actor sees."""
        service = self._service
        rows, answered = await Erasures(service.pool).of(person_id)
        await service.map.fresh()
        within = service.map.within
        ACCESS.check(actor, "read_erasure", Thing(), within)
        places = {row["territory"] for row in rows}
        theirs = ACCESS.allows(actor, "read_erasure", Thing(tuple(places)), within)
        if not rows or not theirs:
            raise Problem(404, "no_such_erasure", f"nobody asked for an erasure of {person_id}")
        done = [row["completed_at"] for row in rows]
        return {
            "id": rows[0]["kept"],
            "asked_at": rows[0]["asked_at"],
            "reason": rows[0]["reason"],
            "complete": None not in done,
            "completed_at": None if None in done else max(done),
            "subjects": [
                {
                    "id": row["subject"],
                    "services": [
                        {"service": one, "answered_at": answered.get((row["subject"], one))}
                        for one in row["services"].split(",")
                    ],
                }
                for row in rows
            ],
        }

    async def _asked(self, person_id: UUID, form: forms.Erasure, asking: Asking) -> Answer:
        service = self._service
        found = await self._files.of(person_id)
        desk = ResidentDesk(service)
        await desk.check_seen(person_id, found, asking.actor, action_of(AskErasure))
        ask = AskErasure(
            subject=person_id,
            kept=person_id,
            territory=found.building,
            services=(LOG, *service.answering),
            reason=form.reason,
            **form.meant(asking.actor),
        )
        subjects = (*found.doubles, person_id)
        targets = [
            target
            for subject in subjects
            for target in (Target(erasure, stream.stream_of(subject)), Target(resident, subject))
        ]
        submission = Submission(
            asking.identity, ask, tuple(targets), lambda states: asked(ask, subjects, states)
        )
        answer = await service.executor.execute(submission)
        await service.eraser.catch_up()
        return answer
