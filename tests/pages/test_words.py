"""Every Chinese text of the pages has its English, and every refusal its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from services.dashboard import pages
from services.dashboard.pages.problem_words import WORDS
from shared.core.roles import NAMES

FOLDER = Path(pages.__file__).parent
ROOT = Path(__file__).parents[2]
HAN = re.compile("[\u4e00-\u9fff]")
# Where a refusal that a page may get is worded: `Rejected("code", …)`, `Problem(409, "code", …)`.
REFUSED = re.compile(r'(?:Rejected|Forbidden|Problem)\(\s*(?:\d+,\s*)?"([a-z_]+)"')
REFUSING = (
    "services/grievance",
    "services/volunteer",
    "services/points",
    "shared/runtime/web",
    "shared/core/access.py",
    "shared/core/versions.py",
)
# What only programs are told, or whoever loads files.
TECHNICAL = re.compile("idempotency|if_match|page_mark|parameter|malformed|not_json|feed|import")


def texts() -> Iterator[str]:
    """Every Chinese text in the templates and in the code of the pages."""
    for template in sorted(FOLDER.glob("templates/**/*.html")):
        with template.open("rb") as source:
            for _, _, told, _ in babel_extract(source, ("_",), [], {}):
                found = told if isinstance(told, str) else next(iter(told or ()), None)
                if found is not None:
                    yield found
    for module in sorted(FOLDER.rglob("*.py")):
        yield from _literals(ast.parse(module.read_text(encoding="utf-8")))
    yield from NAMES.values()


def _literals(tree: ast.Module) -> Iterator[str]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and id(node) not in docstrings and HAN.search(said):
            yield said


def test_every_text_has_its_english() -> None:
    with (FOLDER / "i18n" / "en.po").open("rb") as told:
        known = read_po(told, locale="en")
    wanted = set(texts())
    assert sorted(text for text in wanted if not (known.get(text) and known[text].string)) == []
    assert sorted(one.id for one in known if one.id and one.id not in wanted) == []
    for text in wanted:
        places = re.compile(r"%\((\w+)\)s|%d")
        assert sorted(places.findall(text)) == sorted(places.findall(str(known[text].string)))


def test_no_template_has_chinese_that_is_not_marked() -> None:
    for template in sorted(FOLDER.glob("templates/**/*.html")):
        bare = re.sub(r"{[%{#].*?[%}#]}", "", template.read_text(encoding="utf-8"), flags=re.S)
        left = [
            line
            for line in bare.splitlines()
            if HAN.search(re.sub("[邻：，（）、·]|中文", "", line))
        ]
        assert left == [], template.name


def test_every_refusal_has_its_words() -> None:
    sources = [
        path
        for place in REFUSING
        for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    codes = {code for path in sources for code in REFUSED.findall(path.read_text(encoding="utf-8"))}
    assert sorted(code for code in codes - WORDS.keys() if not TECHNICAL.search(code)) == []
