"""From templates to pages: one environment a language, everything escaped, nothing undefined."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from services.dashboard.pages import formats, problem_words, words
from services.dashboard.pages.language import LANGUAGES, Language, in_words, translations
from services.dashboard.pages.visitor import SignedIn, Visitor
from services.dashboard.pages.volunteers import bank_words

TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Renders templates; `url` gives the address of a file that a page loads."""

    def __init__(self, static: Any, *, picker: bool) -> None:
        self._known = {language: _environment(language, static) for language in LANGUAGES}
        self._picker = picker

    def render(self, language: Language, template: str, told: Mapping[str, Any]) -> str:
        """The text of a template or a part of one."""
        return self._known[language].get_template(template).render(told)

    def page(
        self,
        request: Request,
        visitor: Visitor | SignedIn,
        template: str,
        told: Mapping[str, Any],
        *,
        status: int = 200,
    ) -> HTMLResponse:
        """A whole page, or the part that a fragment request asks for by its template."""
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        frame = {
            "visitor": visitor,
            "language": visitor.language,
            "here": request.url.path,
            "back": back,
            "picker": self._picker,
            "links": words.links_for(visitor.roles),
        }
        return HTMLResponse(self.render(visitor.language, template, frame | dict(told)), status)


def _environment(language: Language, static: Any) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {
        "static": static.url,
        "query": query,
        "share": formats.share,
        "language": language,
        "problem_words": problem_words.problem_words,
    }
    made.filters |= {
        "number": formats.number,
        "percent": formats.percent,
        "local": formats.local,
        "points": formats.points,
        "minutes": lambda minutes: bank_words.lasting(language, minutes),
        "word": lambda code, kind: in_words(language, words.word(kind, code)),
    }
    return made


def query(current: Mapping[str, Any], **changed: Any) -> str:
    """The query string of a link: what is asked for now, with these changes; None leaves out."""
    wanted = {**current, **changed}
    return "?" + urlencode({k: v for k, v in wanted.items() if v not in (None, "", ())}, doseq=True)
