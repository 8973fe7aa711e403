"""Golden sites: small towns whose files and pages are compared with what is kept, one of them to the byte."""

import re
from collections.abc import Mapping
from hashlib import sha256

import pytest

from tests.conftest import ROOT
from tests.golden import rewrite
from tests.golden.sites import NAMES, Site, body, build, difference, expectation, kept_expectation
from tests.records import replace

GUARDS: dict[str, dict[str, str]] = {
    "village": {
        "the entry for young people": "pages/fuer-dich/index.html",
        "the smallest town: one language, one area": "pages/sozialraeume/kiebitzmoor/index.html",
        "every byte of every file": "\nsw.js ",
        "frames: head, bar, footer": '<footer class="nr-footer">',
        "data files, calendars and headers": "DTSTART;TZID=Europe/Berlin:20261119T090000",
        "a place that nobody may find": "geschützter Ort",
        "an offer that ended and what came after it": "Spielkreis am Deich",
    },
    "two-languages": {
        "a second language, and what stays German in it": "pages/en/angebote/marschbus/index.html",
        "hand-written pages with their components": "pages/ueber/index.html",
        "an office, a network and its meeting": "pages/netzwerke/runde/sitzung/index.html",
        "fees, free places, single dates, what is paused": "3,50 € je Nachmittag",
        "an area without a boundary": "pages/sozialraeume/marsch/index.html",
    },
    "internal": {
        "the overlay laid over public records": "mehr als drei Kindern",
        "pages that only the internal site has": "pages/berichte/massnahmen/index.html",
        "a team's hours": "pages/fachkraefte/ressourcenplan/index.html",
    },
}
"""What each golden site guards that the others don't, and where in what is kept one sees it."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    return {name: build(name, tmp_path_factory.mktemp(name)) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_site_is_built_as_expected(sites: dict[str, Site], name: str) -> None:
    told = difference(kept_expectation(name), expectation(sites[name]))
    assert not told, f"{told}\n\nIf this is what people should see: python -m tests.golden.rewrite {name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_site_guards_what_it_is_there_for(name: str) -> None:
    kept = {key: "".join(f"{path} {text}" for path, text in kept_expectation(key).items()) for key in NAMES}
    assert [what for what, sign in GUARDS[name].items() if sign not in kept[name]] == []


def test_golden_sites_are_few_and_small() -> None:
    """Who reads the changes of an expectation reads all of them."""
    assert set(NAMES) == set(GUARDS)
    files = [path for path in (ROOT / "tests" / "golden").rglob("*") if path.suffix not in ("", ".pyc")]
    assert len(files) < 90
    assert sum(path.stat().st_size for path in files) < 400_000


def test_a_changed_page_a_missing_and_a_new_one_are_told() -> None:
    kept = {"files.txt": "a\n", "pages/a": "<p>Montag</p>\n<p>Dienstag</p>\n", "pages/b": "b\n"}
    made = {"files.txt": "a\n", "pages/a": "<p>Montag</p>\n<p>Mittwoch</p>\n", "pages/c": "c\n"}
    told = difference(kept, made)
    assert "-<p>Dienstag</p>\n+<p>Mittwoch</p>" in told
    assert "-<p>Montag</p>" not in told
    assert "- pages/b is not made any more" in told
    assert "+ pages/c is new" in told
    assert difference(kept, kept) == ""


def changed(site: Site, files: Mapping[str, bytes]) -> set[str]:
    """Whose lines of `files.txt` differ from what is kept when a site has these files."""
    made = expectation(replace(site, files=files))["files.txt"].splitlines()
    kept = kept_expectation(site.name)["files.txt"].splitlines()
    return {line.rpartition(" ")[0] for line in made if line not in kept}


@pytest.mark.parametrize(
    ("name", "path", "old", "new"),
    [
        ("village", "impressum/index.html", b"<meta charset", b"<meta  charset"),
        ("village", "impressum/index.html", "Deichstraße".encode(), b"Dorfplatz"),
        ("village", "daten/hsds.json", b"Spielkreis", b"Spielplatz"),
        ("village", "assets/nahraum/suche/full.de.json", b'"version":1', b'"version":2'),
        ("village", "assets/nahraum/skripte/address.js", b"export", b"export "),
        ("internal", "404.html", b"<h1>", b"<h1 >"),
    ],
)
def test_every_byte_of_what_is_kept_counts(
    sites: dict[str, Site], name: str, path: str, old: bytes, new: bytes
) -> None:
    site = sites[name]
    there = next(file for file in site.files if re.sub("(skripte|suche)-[0-9a-f]+", r"\1", file) == path)
    assert old in site.files[there]
    assert changed(site, {**site.files, there: site.files[there].replace(old, new)}) == {path}


def test_of_sites_that_are_not_whole_only_bodies_count(sites: dict[str, Site]) -> None:
    site = sites["internal"]
    page = site.files["404.html"].replace(b"<meta charset", b"<meta  charset")
    assert page != site.files["404.html"]
    assert changed(site, {**site.files, "404.html": page}) == set()
    assert body('<main id="inhalt">\n<p>Hallo</p>\n</main>') == "<p>Hallo</p>\n"


def test_a_new_stylesheet_is_one_line_and_a_wrong_version_a_change_of_the_page(
    sites: dict[str, Site],
) -> None:
    site = sites["village"]
    style = "assets/nahraum/print.css"
    old, new = (
        b"print.css?v=" + sha256(content).hexdigest()[:8].encode()
        for content in (site.files[style], site.files[style] + b"/**/")
    )
    files = {**site.files, style: site.files[style] + b"/**/"}
    pages = {path for path, content in files.items() if old in content}
    assert len(pages) > 20
    assert changed(site, {path: content.replace(old, new) for path, content in files.items()}) == {style}
    assert changed(site, files) == {style, *pages}


def test_a_new_script_is_one_line_and_a_folder_that_isnt_there_a_change_of_the_page(
    sites: dict[str, Site],
) -> None:
    site = sites["village"]
    (old,) = {found[0] for name in site.files if (found := re.search("skripte-[0-9a-f]+", name))}
    new = f"skripte-{'0' * 16}"
    moved = {name.replace(old, new): content for name, content in site.files.items()}
    renamed = {name: content.replace(old.encode(), new.encode()) for name, content in moved.items()}
    assert changed(site, renamed) == set()
    pages = {name for name, content in moved.items() if old.encode() in content}
    assert len(pages) > 20
    assert changed(site, moved) == pages


def test_expectations_are_not_rewritten_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(rewrite, "write_expectation", lambda *_: pytest.fail("written"))
    assert rewrite.main(["village"]) == 2
    assert "not rewritten in CI" in capsys.readouterr().err
