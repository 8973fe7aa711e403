"""Catalogues of the interface: complete, current, and with the same placeholders and markup as the German texts."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import generator
from generator.edit.translation import catalogues
from generator.edit.translation.catalogues import missing, named_messages, updated, used_messages
from generator.render.base.texts import Texts, catalogue, locales_folder

LANGUAGES = sorted(path.stem for path in locales_folder().glob("*.po"))
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
COUNTED = re.compile(r"\{(n|high|count|number|years)\} \w")
TAG = re.compile(r"<[^>]*>|&\w+;")


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """All texts of the program are looked through for each language; what a file holds is the same for all of them."""
    extracted = catalogues._extracted
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "_extracted", cache(lambda *given: tuple(extracted(*given))))
        yield


@cache
def pairs(lang: str) -> list[tuple[str, str]]:
    """Return each German text with its translation, of a plural form by form; what is missing is told elsewhere."""
    return [*_pairs(lang)]


def _pairs(lang: str) -> Iterator[tuple[str, str]]:
    with path_of(lang).open("rb") as stream:
        catalogue = read_po(stream, locale=lang.split("-")[0])
        for entry in catalogue:
            if not entry.id or not entry.string:
                continue
            if isinstance(entry.id, tuple | list):
                assert len(entry.string) == catalogue.num_plurals, entry.id
                for place, form in enumerate(entry.string):
                    if form:
                        yield entry.id[min(place, 1)], form
            else:
                yield entry.id, str(entry.string)


def path_of(lang: str) -> Path:
    return locales_folder() / f"{lang}.po"


def test_there_is_an_english_catalogue() -> None:
    assert "en" in LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_missing(lang: str) -> None:
    """After a change of texts: `make catalogues`, then translate what it names."""
    assert missing(lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_is_as_the_command_writes_it(lang: str) -> None:
    assert path_of(lang).read_text(encoding="utf-8") == updated(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_are_those_of_the_german_text(lang: str) -> None:
    """A form for one may leave the number out, but no form may ask for what nobody gives."""
    wrong = []
    for german, text in pairs(lang):
        asked, given = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(german))
        if asked != given:
            wrong.append((german, sorted(asked ^ given)))
    assert wrong == []


@pytest.mark.parametrize("lang", ["ar", "uk"])
def test_a_noun_behind_a_number_has_all_forms_of_its_language(lang: str) -> None:
    alone = {german for german, text in catalogue(lang).items() if len(text) == 1 and COUNTED.search(text[0])}
    assert alone <= {"{names} und {n} weitere", "{n} weitere zeigen"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_spaces_at_the_ends_are_the_same(lang: str) -> None:
    wrong = [
        german
        for german, text in pairs(lang)
        if (german[:1].isspace(), german[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace())
        or "  " in text
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markup_is_that_of_the_german_text(lang: str) -> None:
    wrong = [
        german for german, text in pairs(lang) if sorted(TAG.findall(german)) != sorted(TAG.findall(text))
    ]
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_stays_a_sentence(lang: str) -> None:
    """Full stop, question mark, colon and dots at the end lead on to what follows, so they stay; Arabic turns its question mark round."""
    ends = "?:…"
    wrong = [
        german
        for german, text in ((one, other.replace("؟", "?")) for one, other in pairs(lang))
        if (german[-1] in ends or text[-1] in ends) and german[-1] != text[-1]
    ]
    assert wrong == []


def test_english_has_no_german_quotation_marks() -> None:
    assert [text for _, text in pairs("en") if "„" in text] == []


def test_registries_are_in_the_catalogues() -> None:
    """Texts that are only named in a tuple and translated later are found too."""
    named = named_messages()
    assert {"Hilfe finden", "Impressum", "Mo", "Januar", "Gebiete mit ihren Grenzen"} <= named
    assert ("{n} Woche", "{n} Wochen") in named
    assert named <= used_messages()


def test_english_is_british() -> None:
    texts = Texts("en")
    assert texts.date(dt.date(2026, 10, 1)) == "1 October 2026"
    assert texts.date(dt.date(2026, 10, 1), weekday=True) == "Thursday, 1 October"
    assert texts.date(dt.date(2026, 10, 1), short=True) == "1 Oct 2026"
    assert texts.join(["German", "Turkish", "Arabic"]) == "German, Turkish and Arabic"
    assert texts.gettext("Mein Stadtteil") == "My neighbourhood"


def test_plurals_choose_their_form() -> None:
    english = Texts("en")
    assert [english.ngettext("{n} Angebot", "{n} Angebote", n).format(n=n) for n in (0, 1, 2)] == [
        "0 offers",
        "1 offer",
        "2 offers",
    ]


CONTENT = Path(__file__).parents[2] / "content"


@cache
def labels() -> frozenset[str]:
    """Texts of the interface of more than one word."""
    return frozenset(entry for entry in used_messages() if isinstance(entry, str) and " " in entry)


@pytest.mark.parametrize(
    "page", sorted(path.relative_to(CONTENT).as_posix() for path in (CONTENT / "en").rglob("*.md"))
)
def test_labels_quoted_in_english_texts_are_those_of_the_interface(page: str) -> None:
    """Where a German text quotes a label („Seite verlassen“), its English one quotes what English readers see."""
    german = (CONTENT / page.removeprefix("en/")).read_text(encoding="utf-8")
    english = (CONTENT / page).read_text(encoding="utf-8")
    quoted = [label for label in re.findall("„([^“]+)“", german) if label in labels()]
    assert [label for label in quoted if f"“{Texts('en').gettext(label)}”" not in english] == []


# Modules that translate what a registry of `named_messages` or of their own literals names.
BY_NAME = {
    "hours/spoken.py",
    "hours/schedule.py",
    # `said`, of which `hours/spoken.py` asks.
    "render/base/context.py",
    "render/directory/filters.py",
    "render/directory/cards.py",
    # `number_of`, whose own calls are extracted.
    "render/base/texts.py",
    "render/base/wording.py",
    "render/directory/listing.py",
    "render/pages/edition_pages.py",
    "render/data_files/open_data.py",
    "render/frame/families.py",
    "render/frame/page_frame.py",
    "pipeline/editorial.py",
}


def test_texts_are_written_where_they_are_translated() -> None:
    """A call with a variable is not seen by the extraction: it needs a registry, and a line here."""
    package = Path(generator.__file__).parent
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and not isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in {"_", "gettext", "ngettext", "number_of"}:
                    found.add(path.relative_to(package).as_posix())
    assert found == BY_NAME
