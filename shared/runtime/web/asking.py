"""A command on its way from a request to its answer."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass

from fastapi import Request

from shared.core.messages import Actor, Rejected
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.submission import Identity, KeyReused
from shared.runtime.web.problems import Problem
from shared.runtime.web.requests import Fingerprints, identity_of
from shared.store.key_store import Erased
from shared.store.load import Answer


@dataclass(frozen=True)
class Asking:
    """Who asks, under which command id, having seen which version."""

    actor: Actor
    identity: Identity
    expected: int | None = None

    @classmethod
    async def of(
        cls,
        request: Request,
        actor: Actor,
        fingerprints: Fingerprints,
        expected: int | None = None,
    ) -> Asking:
        """What identifies the command of this request. Raises Problem (400)."""
        return cls(actor, await identity_of(request, actor, fingerprints), expected)

    async def first_or(self, attempt: Awaitable[Answer], executor: Executor) -> Answer:
        """The attempt's answer. What is refused now may be the retry of what was taken once: then
        the first answer stands, whatever has changed since."""
        try:
            return await attempt
        except (Rejected, Erased, Problem):
            command_id = self.identity.command_id
            first = (await executor.answers([command_id])).get(command_id)
            if first is None:
                raise
            if first.fingerprint != self.identity.fingerprint:
                raise KeyReused from None
            return first
