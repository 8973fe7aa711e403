"""Every pattern of the source grows with its text and no faster; patterns are found by reading the source, so none is forgotten."""

from __future__ import annotations

import re
import re._parser as _parser
from collections.abc import Callable
from functools import cache

import pytest

from generator.check import crisis, protected, ties
from generator.edit.records import rename_and_retire
from generator.edit.schemas import about
from generator.edit.tables import cell_text as cells
from generator.edit.tables import table_rows as tables
from generator.files.disk import Disk
from generator.hours.conditions import CONDITIONS
from generator.model.vocabulary import Term, Vocabularies
from generator.read.hidden_places import _lists, kinds_named
from generator.read.vocabularies import read_words
from generator.render.base.terms import term_pattern
from generator.render.base.texts import Texts
from generator.render.components.calls import Tokens
from generator.render.frame.left_marks import written_mark
from tests.chance import every, whole
from tests.growth.backtracking import TOO_MUCH, Growth, growth, largest_repeat
from tests.growth.written import ROOT, Site, groups_held, script_sites, sites, written_in

NAMES = (
    "Haus",
    "Haus am See",
    "aaa aaa aaa",
    "a-a-a-a",
    "St. Anna (Süd)",
    "x" * 60,
    "Allgemeiner Sozialer Dienst",
)
"""Names that editors may give: words within words, words again and again, signs of patterns."""
MOST_REPEATS = 300
"""So often may something be repeated that isn't repeated without end."""


def _terms() -> str:
    glossary = {
        f"t{number}": Term.model_validate(
            {"id": f"t{number}", "name": name, "meaning": "…", "abbreviation": short}
        )
        for number, (name, short) in enumerate(
            zip(NAMES, ("ASD", "§ 8 a", "§§ 1", "AsD", "§", "XX", "S G B"), strict=True)
        )
    }
    found = term_pattern(Texts("de", "de"), glossary)
    assert found is not None
    return found.pattern.pattern


def _protected() -> str:
    found = protected._pattern(NAMES, ("orte/lichtblick",))
    assert found is not None
    return found.pattern


def _areas() -> str:
    found = crisis.any_name(NAMES)
    assert found is not None
    return found.pattern


BUILT: dict[tuple[str, str], tuple[str, Callable[[], list[str]]]] = {
    ("generator/check/crisis.py", "any_name"): ("search", lambda: [_areas()]),
    ("generator/check/ties.py", "ties_of"): ("search", lambda: ["4066969123|116111"]),
    ("generator/check/ties.py", "any_address"): ("search", lambda: [ties.any_address(NAMES).pattern]),
    ("generator/check/protected.py", "_pattern"): ("search", lambda: [_protected()]),
    ("generator/edit/records/rename_and_retire.py", "id_pattern"): ("search", lambda: [rename_and_retire.id_pattern(name).pattern for name in NAMES]),
    ("generator/edit/schemas.py", "about"): ("search", lambda: [about(name).pattern for name in NAMES]),
    ("generator/edit/tables/table_rows.py", "cell_pattern"): ("match", lambda: [tables.cell_pattern(sign).pattern for sign in ";,\t|"]),
    ("generator/hours/words.py", "_word_at"): ("search", lambda: [pattern for meaning, _, pattern in CONDITIONS if meaning == "ask"]),
    ("generator/read/hidden_places.py", "kinds_named"): ("search", lambda: [kinds_named(Vocabularies(**read_words(Disk(ROOT / "generator"), [])[0])).pattern]),
    ("generator/read/hidden_places.py", "_lists"): ("search", lambda: [_lists().any_part.pattern]),
    ("generator/render/frame/left_marks.py", "written_mark"): ("search", lambda: [written_mark(mark, "yaml").pattern for mark in ("```", "~~~", "!!!", "- ")]),
    ("generator/render/base/terms.py", "term_pattern"): ("search", lambda: [_terms()]),
}  # fmt: skip
"""Patterns that are made from names: for each place of the source how they are used, and what it makes of the worst names.

A table is read cell by cell, and no further than to the first one that is none.
"""


def _house(text: str) -> bool:
    return cells.street(text) == text and cells.number(text) == ""


BOUNDED: dict[tuple[str, str], tuple[int, Callable[[str], bool]]] = {
    ("generator/model/site.py", r"(?P<street>"): (200, _house),
}
"""Patterns whose work grows with the square of the text, and how long a text they may meet: longer ones are left as they are."""


@cache
def _growth(pattern: str | bytes, flags: int, mode: str) -> Growth:
    return growth(pattern, flags, mode=mode)


MADE = {
    "folding.js": [r'`[${Object.keys(LETTERS).join("")}]`, "g");'],
    "sounds.js": ["` ${spelling}(?= )`);"],
}
"""What scripts make patterns of: letters, and spellings of single words."""
SELVES = {"generator.render.components.calls.Tokens": Tokens("0" * 32, ())}
"""Objects whose methods search for what they hold."""


@cache
def all_sites() -> tuple[Site, ...]:
    """Every pattern there is; asked for by the tests and not while they are collected, which each process does."""
    return (*python_sites(), *script_sites())


@cache
def python_sites() -> tuple[Site, ...]:
    return tuple(sites(SELVES))


WRITTEN = written_in()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("file", every(WRITTEN, ()), ids=str)
def test_a_pattern_grows_with_its_text(file: str) -> None:
    for site in all_sites():
        if site.file == file:
            _grows_with_its_text(site)


def _grows_with_its_text(site: Site) -> None:
    patterns: tuple[str | bytes, ...] = site.patterns
    mode = site.mode
    if site.built:
        assert (site.file, site.function) in BUILT, "say in BUILT what this pattern is made of"
        mode, make = BUILT[site.file, site.function]
        patterns = tuple(make())
    for pattern in patterns:
        found = _growth(pattern, site.flags, mode)
        limit = 1
        for (file, start), (longest, _) in BOUNDED.items():
            if file == site.file and str(pattern).startswith(start):
                limit = 2
                assert longest <= 1_000
        assert found.power <= limit, f"{site.place} {mode}: {found}\n{pattern!r}"
        assert largest_repeat(_parser.parse(pattern, site.flags)) <= MOST_REPEATS


@whole
def test_no_pattern_holds_a_group() -> None:
    """Python 3.11.0 to 3.11.2, which Debian 12 has, finds less with `(?:…)*+` than later ones do, and says nothing."""
    for site in python_sites():
        patterns = tuple(BUILT[site.file, site.function][1]()) if site.built else site.patterns
        for pattern in patterns:
            assert not groups_held(pattern, site.flags), f"{site.place}: {pattern!r}"


@pytest.mark.parametrize(
    ("pattern", "held"),
    [(r"(?:ab)*+", 1), (r"(?:a|b(?!c))++", 1), (r"(?>a|b)", 1), (r"(?:[^a]++|a(?!b))*", 0), (r"\s*+a?+", 0)],
)
def test_groups_that_are_held_are_found(pattern: str, held: int) -> None:
    assert groups_held(pattern) == held


@whole
def test_nothing_is_said_of_patterns_that_are_gone() -> None:
    built = {(site.file, site.function) for site in all_sites() if site.built}
    assert set(BUILT) == built
    for file, start in BOUNDED:
        assert any(
            site.file == file and str(pattern).startswith(start)
            for site in all_sites()
            for pattern in site.patterns
        )


@pytest.mark.parametrize("key", BOUNDED, ids=str)
def test_a_text_too_long_for_a_pattern_does_not_meet_it(key: tuple[str, str]) -> None:
    longest, unmatched = BOUNDED[key]
    assert not unmatched("Uferweg 12")
    assert not unmatched("U" * (longest - 3) + "g 1")
    assert unmatched("U" * (longest - 2) + "g 1")


@whole
def test_the_reader_of_the_source_finds_what_there_is() -> None:
    # As many calls as a search for their writing shows, and as many patterns in scripts.
    written = sum(
        len(
            re.findall(
                r"(?<![\w.])re\.(?:compile|search|match|fullmatch|subn?|findall|finditer|split)\(",
                path.read_text("utf-8"),
            )
        )
        for path in (ROOT / "generator").rglob("*.py")
    )
    assert len(python_sites()) == written > 250
    assert {site.file for site in all_sites()} == set(written_in())
    assert len(script_sites()) > 25
    for path in (ROOT / "generator" / "assets").rglob("*.js"):
        made = re.findall(r"new RegExp\((.*)", path.read_text("utf-8"))
        assert made == MADE.get(path.name, [])


@pytest.mark.parametrize(
    ("pattern", "mode", "power"),
    [
        (r"a*b", "fullmatch", 1),
        (r"a*b", "search", 2),
        (r"(?<!a)a*b", "search", 1),
        (r"a*a*b", "fullmatch", 2),
        (r"a*+a*b", "fullmatch", 1),
        (r"x*x*x*y", "search", TOO_MUCH),
        (r"\w+", "search", 1),
        (r"\b\w+\b", "search", 1),
        (r"\s+$", "search", 2),
        (r"(?<!\s)\s+$", "search", 1),
        (r"\s*+,", "search", 2),
        (r"(?s)<!--.*?-->", "search", 2),
        (r"(?s)<!--.*?(?:-->|\Z)", "search", 1),
        (r'"([^"]*)"', "search", 1),
        (r'"((?:[^"\\]|\\.)*)"', "search", 2),
        (r"\{\{((?:[^{}]|\{(?!\{)|\}(?!\}))*+)\}\}", "search", 1),
        (r"a(?:.*b)?", "search", 2),
        (r"[ab]*a", "search", 2),
        (r"(?=\w+)\w", "search", 2),
        (r"(ab|a)*c", "match", 1),
        (r"(?:a|b|ab)*", "match", 1),
        (r"(?:a|b|ab)*c", "match", TOO_MUCH),
        (r"(a|a)*b", "fullmatch", TOO_MUCH),
        (r"(a*)*b", "match", TOO_MUCH),
        (r"(a?)*b", "match", 1),
        (r"(a{0,30})*b", "match", TOO_MUCH),
        (r"(?:a{0,30}b)*c", "match", 1),
        (r"(?:\s*\w+\s*)*x", "match", TOO_MUCH),
        (r"a{0,60}b", "search", 1),
        (r"(?:a{1,60}){1,60}b", "match", TOO_MUCH),
    ],
)
def test_growth_is_told_of_patterns_that_are_known(pattern: str, mode: str, power: int) -> None:
    assert growth(pattern, mode=mode).power == power
