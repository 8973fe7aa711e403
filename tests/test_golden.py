"""Golden sites: small towns whose files and pages are compared with what is kept, one of them to the byte."""

import pytest

from tests.conftest import ROOT
from tests.golden import rewrite
from tests.golden.sites import NAMES, Site, build, difference, expectation, kept_expectation

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


def test_expectations_are_not_rewritten_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(rewrite, "write_expectation", lambda *_: pytest.fail("written"))
    assert rewrite.main(["village"]) == 2
    assert "not rewritten in CI" in capsys.readouterr().err
