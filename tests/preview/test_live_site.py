"""What the preview shows is what a build writes, byte for byte, whatever was changed before."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, has_errors
from generator.files.result_cache import ResultCache
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, check_and_derive, prepare
from generator.preview import LiveSite
from generator.read.project import read_project
from tests.chance import every, whole
from tests.conftest import TODAY
from tests.folders import SEARCH, contents
from tests.world import write_world

EDITS = int(os.environ.get("EDITS", "10"))
"""A sample for `make examples`; `EDITS=300` takes more."""
OF_THE_WHOLE = {"sitemap.xml", "offline.json", "sw.js"}
"""What only a finished site has."""


def differing(site: LiveSite, built: Path) -> list[str]:
    """The files of a built site that the preview shows otherwise; the search's files lie in one folder there, whatever is in them."""
    return [
        name
        for path in sorted(built.rglob("*"))
        if path.is_file() and path.name not in OF_THE_WHOLE
        for name in [SEARCH.sub(b"search/", path.relative_to(built).as_posix().encode()).decode()]
        if site.file(name) != SEARCH.sub(b"search/", path.read_bytes())
    ]


@whole
def test_every_file_of_the_demo_is_the_one_that_a_build_writes(demo, demo_site: Path) -> None:  # type: ignore[no-untyped-def]
    # A build names the search's folder in the views that it wrote from; the preview has views of its own.
    assert differing(LiveSite(demo.showing()), demo_site) == []


def replacing(name: str, old: str, *new: str) -> Callable[[Path, random.Random], None]:
    def edit(root: Path, chance: random.Random) -> None:
        path = root / name
        text = path.read_text("utf-8")
        found = next((item for item in (old, *new) if item in text), "")
        path.write_text(text.replace(found, chance.choice([old, *new])) if found else text, "utf-8")

    return edit


def adding(name: str, *texts: str) -> Callable[[Path, random.Random], None]:
    def edit(root: Path, chance: random.Random) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and chance.random() < 0.4:
            path.unlink()
        else:
            path.write_text(chance.choice(texts), "utf-8")

    return edit


GROUP = """\
name: {}
summary: Wir singen und spielen.
kind: gruppe
provider: verein
place: treff
topics: [{}]
hours: Mo 09:00-10:30; PH off
phone: 040 66969-9{}
checked: 2026-10-01
"""
EVERY: dict[str, Callable[[Path, random.Random], None]] = {
    "a record": replacing("resources/offers/krabbelgruppe.yml", "Krabbelgruppe", "Krabbelkreis", "Krabbeltreff"),
    "its hours": replacing("resources/offers/krabbelgruppe.yml", "09:00-10:30", "10:00-11:30"),
    "a mistake": replacing("resources/offers/krabbelgruppe.yml", "provider: verein", "provider: verien", "provider: ["),
    "a new offer": adding("resources/offers/neu.yml", GROUP.format("Neu", "krabbelgruppe", "01"), GROUP.format("Neuer", "sport", "02")),
    "an offer of no kind": adding("resources/offers/kaputt.yml", "name: Kaputt\nkind: unsinn\n", "{", ""),
    "a word": adding("resources/topics.yml", "- {id: krabbelgruppe, parent: baby, name: Krabbelgruppe, phrase: Zusammen krabbeln}\n", "- {id: eigen, parent: baby, name: Eigenes, phrase: Etwas Eigenes}\n"),
    "the settings": replacing("site_config.yml", "name: Kleinstadt\n", "name: Kleinstadt am Fluss\n"),
    "a page": adding("content/fragen.md", "# Fragen\n\n{{ offers(topic='krabbelgruppe') }}\n", "# Fragen\n\n{{ offer() }}\n", "# Mehr Fragen\n"),
    "figures": replacing("resources/indicators/arm/values.csv", "west,2024,100,1000", "west,2024,101,1000"),
    "sums of figures": replacing("resources/indicators/schulkinder/values.csv", "2024", "2023"),
    "a boundary": replacing("resources/geometry/gebiete.geojson", "[10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]}},\n{\"type\": \"Feature\", \"id\": \"ost\"", "[10.01, 53.71], [10.002, 53.71], [10.0, 53.7]]]}},\n{\"type\": \"Feature\", \"id\": \"ost\""),
    "a street": replacing("resources/streets.csv", "Flussweg", "Uferweg"),
    "an edition": replacing("content/berichte/bericht-ost/2024.md", "state: draft", "state: published"),
}  # fmt: skip


def seen(found: tuple[Diagnostic, ...]) -> list[tuple[object, ...]]:
    return [(item.code, item.position, item.message, item.help, item.also) for item in found]


@whole
@pytest.mark.parametrize("edits", every((3, EDITS), {3}))
def test_after_random_edits_it_is_the_site_of_a_build_from_nothing(tmp_path: Path, edits: int) -> None:
    chance = random.Random(1)
    root = write_world(tmp_path)
    cache, good = ResultCache(), 0
    check_and_derive(read_project(root, cache=cache), TODAY)
    for number in range(edits):
        names = chance.sample(sorted(EVERY), chance.choice([1, 1, 2]))
        before = tmp_path / f"vorher-{number}"
        shutil.copytree(root, before)
        for name in names:
            EVERY[name](root, chance)
        project, cold = check_and_derive(read_project(root, cache=cache), TODAY), prepare(root, TODAY)
        assert seen(project.found) == seen(cold.found), names
        if has_errors(cold.found):
            # Somebody mends it; what was kept of the broken state must not show.
            shutil.rmtree(root)
            shutil.copytree(before, root)
            continue
        good += 1
        folder, again = tmp_path / f"site-{number}", tmp_path / "site"
        build_site(cold, folder, write_site)
        assert differing(LiveSite(project), folder) == [], names
        build_site(project, again, write_site)
        assert contents(again) == contents(folder), names
    assert edits / 4 < good < edits
