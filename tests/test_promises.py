"""Promises that can be read off the files of a built site."""

import re
from pathlib import Path

import pytest

from generator.pipeline.build import Project
from tests.conftest import ROOT

FICTION = re.compile(
    r"(?:030 ?23125-?|040 ?66969-?|069 ?90009-?|089 ?99998-?|0221 ?4710-?)\d{3}|0171 ?39200-?\d\d|0176 ?040690-?\d\d"
)
NUMBER = re.compile(r"(?<![\w.,/#-])0[1-9]\d{1,4}[ /-]\d{3,}[\d -]*\d")
HOTLINES = re.compile(r"0800|0180|116")


def documents(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in sorted(site.rglob("index.html"))
    }


@pytest.fixture(scope="module")
def pages(demo_site: Path) -> dict[str, str]:
    return documents(demo_site)


@pytest.mark.guards("Privacy: strict policy, nothing inline; frames by the server; no referrer")
def test_links_to_other_hosts_tell_them_nothing(pages: dict[str, str], demo: Project) -> None:
    assert demo.site is not None
    loose = {
        (name, link)
        for name, text in pages.items()
        for link in re.findall(r'<a\s[^>]*href="https?://[^>]*>', text)
        if "noreferrer" not in link and demo.site.config.url not in link
    }
    assert loose == set()


@pytest.mark.guards("Language: hreflang absolute, mutual, naming itself; numbers left to right")
def test_languages_name_each_other_and_themselves(pages: dict[str, str], demo: Project) -> None:
    assert demo.site is not None
    root = demo.site.config.url
    named = {
        name: dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text))
        for name, text in pages.items()
    }
    assert sum(bool(links) for links in named.values()) > 300
    for name, links in named.items():
        if not links:
            continue
        address = root + name.removesuffix("index.html")
        assert address in links.values(), name
        for target in links.values():
            assert target.startswith(root)
            assert named[target.removeprefix(root) + "index.html"] == links, name


@pytest.mark.guards("Language: `lang` and `dir` on `<html>`; the switch stays on the page")
def test_the_switch_of_language_stays_on_the_page(pages: dict[str, str]) -> None:
    marked = 0
    for name, text in pages.items():
        for href, lang, current in re.findall(
            r'<li><a href="([^"]+)" lang="([a-z-]+)" hreflang="[a-z-]+"( aria-current="true")?>', text
        ):
            if current:
                marked += 1
                assert href == "./", name
                assert f'<html lang="{lang}"' in text, name
    # Pages made for frames on other sites have no header.
    assert marked == sum('class="nr-header"' in text for text in pages.values()) > 1000


@pytest.mark.guards("Accessibility: frames have a title; help is in the same place on all pages")
@pytest.mark.guards("Language: `lang` and `dir` on `<html>`; the switch stays on the page")
def test_every_frame_has_a_title_and_every_page_a_language(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        assert re.search(r'<html lang="[a-z-]+" dir="(?:ltr|rtl)"', text), name
        assert all('title="' in frame for frame in re.findall(r"<iframe[^>]*>", text)), name


@pytest.mark.guards("Safety: numbers of the demo belong to nobody")
def test_nobody_can_be_called_at_an_invented_number() -> None:
    """Help numbers are real; all others come from the ranges that are kept for fiction."""
    files = [
        path
        for folder in ("resources", "examples", "content", "tests/golden")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".yml", ".md") and "expected" not in path.parts
    ]
    assert len(files) > 300
    found = {
        (path.relative_to(ROOT).as_posix(), number)
        for path in files
        for number in NUMBER.findall(path.read_text("utf-8"))
    }
    assert len(found) > 150
    called = {
        (file, number)
        for file, number in found
        if not FICTION.fullmatch(number.strip()) and not HOTLINES.match(number)
    }
    assert called == set()


def test_what_the_quick_tests_leave_out_is_tried_all_the_same() -> None:
    recipes = (ROOT / "Makefile").read_text("utf-8")
    quick, rest = (
        re.findall(rf"(?m)^{name}:[^\n]*\n((?:\t[^\n]*\n)+)", recipes)[0] for name in ("test", "examples")
    )
    assert re.search(r'^QUICK := -m "not whole"$', recipes, re.MULTILINE)
    assert quick.count("$(QUICK)") == 1
    assert re.search(r"-m whole$", rest, re.MULTILINE)
    steps = (ROOT / ".ci" / "run").read_text("utf-8")
    order = (
        'newcomer "chromium node npm npx java" make site test\n',
        'newcomer "node npm npx java" make site test QUICK=',
        'newcomer "" REQUIRE_BROWSER=1 make site test QUICK=',
        "npm ci",
        "export REQUIRE_BROWSER=1\n",
        'make test QUICK="-m whole"\n',
    )
    assert [steps.count(step) for step in order] == [1] * len(order)
    assert sorted(order, key=steps.index) == list(order)
