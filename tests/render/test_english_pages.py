"""The demo's English pages: no text of the interface is left in German, times, dates and euros are British."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.edit.translation.catalogues import used_messages
from generator.render.base.texts import catalogue
from tests.chance import whole

pytestmark = whole

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
UNREAD = frozenset({"script", "style", "code", "pre", "textarea"})
SPOKEN = frozenset({"aria-label", "title", "alt", "placeholder", "label"})


class English(HTMLParser):
    """Collects what a page says in English, or else in its own language: texts and spoken attributes outside parts in another one."""

    def __init__(self, lang: str = "en") -> None:
        super().__init__()
        self.lang = lang
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        lang = found.get("lang") or self.open[-1][1]
        if lang == self.lang:
            self.texts += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break

    def handle_data(self, data: str) -> None:
        if self.open[-1][1] == self.lang and not any(tag in UNREAD for tag, _ in self.open):
            self.texts.append(data)


@pytest.fixture(scope="module")
def said(demo_site: Path) -> dict[str, list[str]]:
    """What every English page says, by page."""
    pages = {}
    for path in sorted((demo_site / "en").rglob("*.html")):
        page = English()
        page.feed(path.read_text(encoding="utf-8"))
        pages[path.relative_to(demo_site).as_posix()] = [" ".join(text.split()) for text in page.texts]
    return pages


def german() -> Iterator[str]:
    """Yield the German texts that differ from their English ones and are no English text themselves."""
    words = catalogue("en")
    english = {form for forms in words.values() for form in forms}
    for message in used_messages():
        for text in message if isinstance(message, tuple) else (message,):
            if text not in english and "{" not in text:
                yield text


def matches(said: dict[str, list[str]], pattern: str) -> list[tuple[str, str]]:
    return [(page, text) for page, texts in said.items() for text in texts if re.search(pattern, text)]


def test_english_pages_are_there(said: dict[str, list[str]]) -> None:
    assert len(said) > 500
    assert "What do you need support with?" in said["en/index.html"]


def test_no_text_of_the_interface_is_german(said: dict[str, list[str]]) -> None:
    left = set(german())
    assert "Hilfe finden" in left
    assert [(page, text) for page, texts in said.items() for text in texts if text in left] == []


def test_times_are_not_said_in_german(said: dict[str, list[str]]) -> None:
    assert matches(said, r"\d Uhr|\b\d{1,2} bis \d|\brund um die Uhr") == []
    assert matches(said, r"\b(Mo|Di|Mi|Do|Fr|Sa|So) (und|bis) ") == []


def test_dates_are_british(said: dict[str, list[str]]) -> None:
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    assert matches(said, rf"\b(?:{months}) \d{{1,2}}, \d{{4}}") == []
    assert (
        matches(said, r"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{1,2}\. (Januar|März|Mai|Juli|Oktober|Dezember)")
        == []
    )


def test_euros_stand_before_the_amount(said: dict[str, list[str]]) -> None:
    assert matches(said, r"\d\s?€") == []
    assert matches(said, r"€\d") != []
