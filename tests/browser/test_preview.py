"""The preview in Chromium: what is saved is seen, what is wrong stands on the page, and what is mended heals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.chance import every
from tests.edit.towns import write_town
from tests.preview.test_serving import OFFER, PAGE, Served, serving


@pytest.fixture(params=every([60, 5000], {60}))
def town(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A town with so many offers, in the preview."""
    root = write_town(tmp_path / "town")
    offers = root / "resources" / "offers"
    text = (root / OFFER).read_text("utf-8")
    for number in range(request.param - len(list(offers.glob("*.yml")))):
        named = text.replace("Krabbelgruppe", f"Spielkreis {number + 1}")
        (offers / f"spielkreis-{number + 1}.yml").write_text(named, "utf-8")
    assert len(list(offers.glob("*.yml"))) == request.param
    with serving(root, tmp_path / "tmp") as served:
        served.until(lambda: "zeigt die Seite" in served.printed())
        yield served


def test_what_is_saved_is_seen(watch, town: Served) -> None:
    watched = watch(town.url + PAGE, 360)
    page = watched.page
    page.get_by_role("link", name="040 66969-902").first.wait_for()
    town.change(OFFER, "040 66969-902", "040 66969-977")
    page.get_by_role("link", name="040 66969-977").first.wait_for()
    town.change(OFFER, "provider: verein", "provider: verien")
    banner = page.locator("#nr-vorschau")
    banner.wait_for()
    expect(banner).to_contain_text(f"{OFFER}:4:11")
    expect(page.get_by_role("link", name="040 66969-977").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    town.change(OFFER, "provider: verien", "provider: verein")
    banner.wait_for(state="detached")
    page.goto("about:blank")  # the page itself would be loaded again while the next one is on its way
    record = town.root / "resources" / "offers" / "zweite-gruppe.yml"
    record.write_text(
        (town.root / OFFER).read_text("utf-8").replace("Krabbelgruppe", "Zwergentreff"), "utf-8"
    )
    listed = "angebote/nach/name/z/"
    town.until(lambda: "Zwergentreff" in town.get(listed)[1])
    page.goto(town.url + listed)
    page.get_by_text("Zwergentreff").first.wait_for()
    page.goto(town.url)
    page.get_by_role("combobox").first.fill("zwergent")
    page.get_by_role("option", name="Zwergentreff").first.wait_for()
    watched.assert_clean()
    assert list(town.temporary.iterdir()) == []
