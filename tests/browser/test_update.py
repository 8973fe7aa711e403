"""The day after an update: a browser that still has yesterday's scripts, and a page that is open since before it."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.pipeline.build import keep_scripts
from generator.theme.material import folder_of
from tests.browser.conftest import served, until

SCRIPTS = Path("assets/nahraum")
INDEX = "assets/nahraum/suche-*"
DANGER = "mein Mann schlägt mich"


@dataclass
class Host:
    """A server with one of two sites, `yesterday` until `update`, and what it was asked for."""

    url: str
    place: Path
    today: Path
    asked: list[str] = field(default_factory=list)

    def update(self, *, kept: bool = True) -> None:
        """Exchange the sites; the scripts of yesterday stay where it is `kept` as a build does."""
        if kept:
            keep_scripts(self.today, self.place)
        self.place.rename(self.place.with_name("gestern"))
        self.today.rename(self.place)

    def times(self, name: str) -> int:
        """How often a file was fetched."""
        return sum(name in line for line in self.asked)


def scripts_of(site: Path) -> tuple[Path, dict[str, bytes]]:
    (folder,) = (site / SCRIPTS).glob("skripte-*")
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return folder, {name: path.read_bytes() for name, path in names.items()}


def as_it_was_yesterday(site: Path) -> None:
    """Call what scripts take from each other by other names, as another version of the program may: mixed with those of today, none of them runs."""
    folder, scripts = scripts_of(site)
    shutil.rmtree(folder)
    before = {
        name: re.sub(rb"\b(loadDanger|Danger|guard)\b", rb"\1Yesterday", text)
        for name, text in scripts.items()
    }
    there = site / SCRIPTS / folder_of(before)
    for name, text in before.items():
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_bytes(text)
    for path in (site / "index.html", site / "impressum/index.html", site / "404.html"):
        page = path.read_text("utf-8").replace(f"{folder.name}/", folder_of(before))
        path.unlink()
        path.write_text(page, encoding="utf-8")


@pytest.fixture
def host(demo_site: Path, tmp_path: Path) -> Iterator[Host]:
    place, today = tmp_path / "site", tmp_path / "heute"
    for folder in (place, today):
        shutil.copytree(demo_site, folder, copy_function=os.link)
    as_it_was_yesterday(place)
    asked: list[str] = []
    with served(place, asked, kept="/assets/") as url:
        yield Host(url, place, today, asked)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def ready(page: Page, url: str) -> None:
    page.goto(url)
    until(page, "document.querySelector('#suche-input').role === 'combobox'")


def tell(page: Page) -> None:
    page.locator("#suche-input").fill(DANGER)


def numbers(page: Page) -> None:
    expect(page.locator(".nr-danger a[href='tel:110']").first).to_be_visible()


def test_a_new_page_never_runs_with_yesterdays_scripts(host: Host, page: Page) -> None:
    """Yesterday nothing was looked for, so what is loaded for that isn't there yet."""
    ready(page, host.url)
    host.update()
    page.goto(f"{host.url}impressum/")
    page.goto(host.url)
    tell(page)
    numbers(page)
    assert host.times("/nahraum.css") == 1, "the browser keeps nothing, and nothing is proven"


def test_a_page_that_is_open_loads_what_it_still_needs(host: Host, page: Page) -> None:
    ready(page, host.url)
    host.update()
    tell(page)
    numbers(page)


def test_without_yesterdays_scripts_an_open_page_leads_to_the_numbers(host: Host, page: Page) -> None:
    """Where each build begins with an empty folder, as in most pipelines."""
    ready(page, host.url)
    host.update(kept=False)
    tell(page)
    expect(page.locator(".nr-floor a[href='tel:110']").first).to_be_visible()
    expect(page.locator(".nr-floor").get_by_role("link", name="Reden").first).to_have_attribute(
        "href", "hilfe-sofort/#reden"
    )


def test_an_open_page_reads_the_index_it_was_made_with(host: Host, page: Page) -> None:
    """Not a part of it, nor hours in another order of offers."""
    (index,) = host.place.glob(INDEX)
    old = index.with_name(f"suche-{'0' * 16}")
    index.rename(old)
    for path in (host.place / "index.html", host.place / "404.html"):
        text = path.read_text("utf-8").replace(index.name, old.name)
        path.unlink()
        path.write_text(text, "utf-8")
    hours = host.today / "angebote" / "zeiten.json"
    text = re.sub('"order":"[0-9a-f]+"', '"order":"anders"', hours.read_text("utf-8"))
    hours.unlink()
    hours.write_text(text, "utf-8")
    ready(page, host.url)
    host.update()
    page.locator("#suche-input").fill("beratung borç")
    expect(page.locator("[role=option]").first).to_be_visible()
    until(page, "performance.getEntriesByType('resource').some(({ name }) => name.includes('tongues'))")
    until(page, "performance.getEntriesByType('resource').some(({ name }) => name.includes('zeiten.json'))")
    expect(page.locator(".nr-search__option .nr-open")).to_have_count(0)
    assert {old.name} == {
        found[0] for line in host.asked for found in [re.search("suche-[0-9a-f]+", line)] if found
    }
    page.goto(f"{host.url}angebote/")
    page.locator("#suchwort").fill("beratung")
    expect(page.locator("#anzahl")).to_contain_text("laden gerade nicht")


@pytest.mark.parametrize("text", ["", "{}", "[]"])
def test_what_the_script_cannot_read_leads_to_the_numbers(host: Host, page: Page, text: str) -> None:
    """A lexicon of another version, or of none."""
    (lexicon,) = host.place.glob(f"{INDEX}/danger.de.json")
    lexicon.unlink()
    lexicon.write_text(text, encoding="utf-8")
    page.goto(host.url)
    tell(page)
    expect(page.get_by_role("status").first).to_contain_text("versteht gerade keine Sätze")
    expect(page.locator(".nr-floor a[href='tel:110']").first).to_be_visible()
    expect(page.locator("[role=option]")).to_have_count(0)
