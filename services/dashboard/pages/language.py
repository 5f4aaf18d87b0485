"""Two languages: Chinese, in which the pages are written, and English, from `i18n/en.po`."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "linli_language"
FOLDER = Path(__file__).parent / "i18n"


def spoken(wanted: str | None) -> Language:
    """The language of this name; Chinese for any that the pages do not speak."""
    return "en" if wanted == "en" else "zh"


@cache
def translations(language: Language) -> NullTranslations:
    """What stands for each Chinese text in this language."""
    if language == "zh":
        return NullTranslations()
    compiled = BytesIO()
    with (FOLDER / f"{language}.po").open("rb") as told:
        write_mo(compiled, read_po(told, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def in_words(language: Language, text: str) -> str:
    """The text in this language; as it is where nobody has put it in words."""
    return translations(language).gettext(text)
