"""What nobody translated stands on English pages in German, and says so; HTML that marks it is never shown as text."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup

from generator.edit.translation.catalogues import used_messages
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from generator.render.base.texts import Message, Texts, catalogue
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.golden.sites import FOLDER as GOLDEN

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


@whole
def test_english_pages_are_there(said: dict[str, list[str]]) -> None:
    assert len(said) > 500
    assert "What do you need support with?" in said["en/index.html"]


@whole
def test_no_text_of_the_interface_is_german(said: dict[str, list[str]]) -> None:
    left = set(german())
    assert "Hilfe finden" in left
    assert [(page, text) for page, texts in said.items() for text in texts if text in left] == []


@whole
def test_times_are_not_said_in_german(said: dict[str, list[str]]) -> None:
    assert matches(said, r"\d Uhr|\b\d{1,2} bis \d|\brund um die Uhr") == []
    assert matches(said, r"\b(Mo|Di|Mi|Do|Fr|Sa|So) (und|bis) ") == []


@whole
def test_dates_are_british(said: dict[str, list[str]]) -> None:
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    assert matches(said, rf"\b(?:{months}) \d{{1,2}}, \d{{4}}") == []
    assert (
        matches(said, r"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{1,2}\. (Januar|März|Mai|Juli|Oktober|Dezember)")
        == []
    )


@whole
def test_euros_stand_before_the_amount(said: dict[str, list[str]]) -> None:
    assert matches(said, r"\d\s?€") == []
    assert matches(said, r"€\d") != []


GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|und|oder|ist|sind|wird|nicht|kein\w*|mit|ohne|für|von|vom|zum|zur|nach|auf|beim?|aus|ein\w*|wir|Sie|Ihr\w*)\b"
)
FOREIGN = ("ar", "en", "tr", "uk")
SAID_OTHERWISE = {
    # Names of streets, houses and associations are nobody's to translate; sources are cited by their name.
    *("address.street", "name", "source.name", "figures.source"),
    # Where an area's people look for help is told in German alone.
    "where",
    # The name of a line in a drawing stands marked in the table below it.
    "phase_in.name",
}


class Parts(English):
    """What a page says in its own language, without its head and without citations that are there to be copied."""

    def handle_data(self, data: str) -> None:
        if not any(tag in ("title", "blockquote") for tag, _ in self.open):
            super().handle_data(data)


def written(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a record in the language of the data, with their fields."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("translations", "name_en", "aliases"):
                yield from written(inner, f"{field}.{key}" if field else str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner, field)
    elif isinstance(value, str):
        yield field, " ".join(value.split())


def prose(resources: Path) -> dict[str, str]:
    """Return what is plainly German in the records, and the fields."""
    return {
        text: field
        for path in sorted(resources.rglob("*.yml"))
        for field, text in written(yaml.safe_load(path.read_text("utf-8")))
        if field not in SAID_OTHERWISE and len(text.split()) > 2 and GERMAN.search(text)
    }


def unmarked(site: Path, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return the German texts that pages in other languages say as if they were theirs."""
    found = []
    for path in sorted(site.glob("*/**/*.html")):
        lang = path.relative_to(site).parts[0]
        if lang not in FOREIGN:
            continue
        page = Parts(lang)
        page.feed(path.read_text("utf-8"))
        for said in (" ".join(text.split()) for text in page.texts):
            assert not re.search(r"<(span|bdi|div) |&(amp|#34|#39);", said), (path, said)
            if GERMAN.search(said):
                found += [(path.name, field, text) for text, field in texts.items() if text in said]
    return found


@whole
def test_what_is_german_is_marked_in_the_demo(demo_site: Path) -> None:
    texts = prose(ROOT / "resources")
    assert len(texts) > 500
    assert unmarked(demo_site, texts) == []


def untranslated(source: Path, target: Path) -> Path:
    """Build a project none of whose records is translated."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("site", "generator", "tests", ".*"))
    for path in (target / "resources").rglob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^translations:\n(?:[ \t].*\n|\n)*", "", text, flags=re.MULTILINE), "utf-8")
    build_site(prepare(target, TODAY), target / "site", write_site)
    return target


@whole
@pytest.mark.guards("Language: `lang` and `dir` on `<html>`; the switch stays on the page")
@pytest.mark.parametrize(
    "source",
    [GOLDEN / "two-languages" / "project", pytest.param(ROOT, marks=whole)],
    ids=["small", "demo"],
)
def test_what_nobody_translated_is_marked(source: Path, tmp_path: Path) -> None:
    town = untranslated(source, tmp_path / "stadt")
    texts = prose(town / "resources")
    assert texts
    assert unmarked(town / "site", texts) == []


def test_html_stays_html_in_the_words_around_it() -> None:
    marked = Markup('<span lang="de">Kinder &amp; Co</span>')
    said = Message('{what} & "{n}"').format(what=marked, n="<3>")
    assert said == Markup('<span lang="de">Kinder &amp; Co</span> &amp; &#34;&lt;3&gt;&#34;')
    assert said.__class__ is Markup
    plain = Texts("en").gettext("Alles zu: {area}").format(area="A & B")
    assert (plain, plain.__class__) == ("Everything about: A & B", str)


def test_a_list_of_words_with_html_stays_html() -> None:
    texts = Texts("en")
    marked = Markup('<span lang="de">Haus &amp; Hof</span>')
    said = texts.join([marked, "R & B", "Chor"])
    assert said == Markup('<span lang="de">Haus &amp; Hof</span>, R &amp; B and Chor')
    assert said.__class__ is Markup
    plain = texts.join(["R & B", "Chor"], either=True)
    assert (plain, plain.__class__) == ("R & B or Chor", str)
