"""Who looks at a page: by the token in their cookie, and in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.dashboard.pages.language import COOKIE, Language, spoken
from shared.core.messages import Actor
from shared.runtime.web.session import token_of
from shared.runtime.web.tokens import BadToken


class NotSignedIn(Exception):
    """The page is for someone who is known, and nobody is."""


@dataclass(frozen=True)
class Visitor:
    """Whoever asks for a page; `actor` is None until they have signed in."""

    language: Language
    actor: Actor | None = None
    token: str | None = None

    @property
    def roles(self) -> frozenset[str]:
        """What they may be; nothing before they have signed in."""
        return self.actor.roles if self.actor else frozenset()


@dataclass(frozen=True)
class SignedIn:
    """A visitor who is known."""

    language: Language
    actor: Actor
    token: str

    @property
    def roles(self) -> frozenset[str]:
        """What they may be."""
        return self.actor.roles


def visitor(request: Request) -> Visitor:
    """Whoever asks; a token that is not good any more is as none."""
    language = spoken(request.cookies.get(COOKIE))
    try:
        token = token_of(request)
        return Visitor(language, request.app.state.verifier.actor(token), token)
    except BadToken:
        return Visitor(language)


def signed_in(request: Request) -> SignedIn:
    """Whoever asks, known. Raises NotSignedIn."""
    found = visitor(request)
    if found.actor is None or found.token is None:
        raise NotSignedIn
    return SignedIn(found.language, found.actor, found.token)


Anyone = Annotated[Visitor, Depends(visitor)]
Known = Annotated[SignedIn, Depends(signed_in)]
