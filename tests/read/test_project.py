"""A whole folder to a reading: what an overlay adds, what strange files are told as, and that what is kept never goes stale."""

import os
from operator import attrgetter
from pathlib import Path

import pytest

from generator.diagnostics import Position
from generator.files.disk import Disk
from generator.files.result_cache import ResultCache
from generator.model.config import TownLook
from generator.model.kinds import KIND_BY_FOLDER
from generator.read.mkdocs_settings import for_strangers, read_mkdocs
from generator.read.project import OSM, Reading, read_project
from generator.read.records import OTHER_FOLDERS, RecordSource
from tests.conftest import ROOT
from tests.edit.towns import FILES, write_town
from tests.records import replace

OVERLAY = "intern"
OFFER = "offers/krabbelgruppe.yml"
LETS_IN = """\
basemap: {tiles: 'https://karten.example/{z}/{x}/{y}.png', attribution: Karten}
embedded: [{address: 'https://filme.example/', reason: Nur dort gibt es den Film}]
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town with an overlay beside it that says more of an offer, and has one of its own."""
    root = write_town(tmp_path / "town")
    config = root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + f"overlay: ../{OVERLAY}\n", "utf-8")
    write(tmp_path / OVERLAY / OFFER, "summary: Nur für uns.\ntopics: [krabbelgruppe, kita]\n")
    write(
        tmp_path / OVERLAY / "offers/runde.yml",
        FILES[f"resources/{OFFER}"].replace("name: Krabbelgruppe", "name: Runde"),
    )
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def same(one: Reading, other: Reading) -> bool:
    return contents(one) == contents(other)


def contents(reading: Reading) -> tuple[object, ...]:
    folders = {
        key: (replace(one, source=None), fields_of(one.source)) for key, one in reading.indicators.items()
    }  # type: ignore[arg-type]
    sources = {key: fields_of(source) for key, source in reading.sources.items()}
    return reading.site, reading.found, sources, folders, reading.pages


fields_of = attrgetter("folder", "id", "file", "node", "record", "text")


def test_an_overlay_lies_over_single_fields(town: Path) -> None:
    public, internal = read_project(town), read_project(town, internal=True)
    assert public.found == internal.found == ()
    assert public.site is not None
    assert internal.site is not None
    before, after = public.site.offers["krabbelgruppe"], internal.site.offers["krabbelgruppe"]
    assert (after.summary, after.topics) == ("Nur für uns.", ("krabbelgruppe", "kita"))
    assert after.model_copy(update={"summary": before.summary, "topics": before.topics}) == before
    assert set(internal.site.offers) - set(public.site.offers) == {"runde"}
    assert (public.site.internal, internal.site.internal) == (False, True)
    assert (public.site.drafts, internal.site.drafts) == (False, True)
    # A field is told where it was written.
    source = internal.sources["offers", "krabbelgruppe"]
    assert source.position("summary")[:3] == (f"../{OVERLAY}/{OFFER}", 1, 10)
    assert source.position("name")[:3] == (f"resources/{OFFER}", 1, 7)
    assert source.text == FILES[f"resources/{OFFER}"]
    assert [one.id for one in internal.of("offers")] == ["krabbelgruppe", "runde"]


CHANGES = {
    "a record": (f"resources/{OFFER}", "Eltern treffen", "Eltern besuchen"),
    "an overlay": (f"../{OVERLAY}/{OFFER}", "Nur für uns", "Nur für euch"),
    "a mistake": (f"resources/{OFFER}", "ages: 0-3", "ages: klein"),
    "a mistake in an overlay": (f"../{OVERLAY}/{OFFER}", "kita", "ktia"),
    "a boundary": ("resources/geometry/gebiete.geojson", "10.02", "10.03"),
    "a setting": ("site_config.yml", "name: Kleinstadt", "name: Großstadt"),
}


@pytest.mark.parametrize("internal", [False, True])
def test_what_is_kept_of_an_earlier_reading_is_what_stands_there_now(town: Path, internal: bool) -> None:
    cache = ResultCache()
    assert same(read_project(town, internal=internal, cache=cache), read_project(town, internal=internal))
    for name, old, new in CHANGES.values():
        path = town / name
        before = path.read_text("utf-8")
        assert old in before
        for text in (before.replace(old, new), before):
            path.write_text(text, "utf-8")
            assert same(
                read_project(town, internal=internal, cache=cache), read_project(town, internal=internal)
            )


def test_a_file_is_not_to_take_the_name_of_another(town: Path) -> None:
    write(town / "resources/offers/alt.yml", "name: A\n")
    write(town / "resources/offers/alt.yaml", "name: A\n")
    (told,) = [item for item in read_project(town).found if item.code == "yaml-ungelesen"]
    assert "alt.yml gibt es schon" in told.help
    assert "umbenennen" not in told.help


def test_what_lies_about_is_told_and_what_is_hidden_is_not(town: Path) -> None:
    for name in (
        "offers/.vim.yml",
        "offers/alt.yaml",
        "offers/kopie.yml.txt",
        "offers/liste.ods",
        "offers/Zwei_drei.yml",
        "offers/a_b.yml",
    ):
        write(town / "resources" / name, "name: A\n")
    (town / "resources/offers/ordner.yml").mkdir()
    (town / "resources/offer").mkdir()
    write(town / "resources/liste.txt", "x")
    found = sorted(
        (item.position.file.removeprefix("resources/"), item.code, item.help)
        for item in read_project(town).found
    )
    assert [(file, code) for file, code, _ in found] == [
        ("offer", "unbekannter-ordner"),
        ("offers/Zwei_drei.yml", "dateiname"),
        ("offers/a_b.yml", "dateiname"),
        ("offers/alt.yaml", "yaml-ungelesen"),
        ("offers/kopie.yml.txt", "yaml-ungelesen"),
        ("offers/liste.ods", "fremde-datei"),
        ("offers/ordner.yml", "ordner-statt-datei"),
    ]
    helps = [said for *_, said in found]
    parts = ("„offers“: den Ordner umbenennen", "zwei-drei", "a-b", "alt.yml", "kopie.yml", "anderswo", "")
    assert [part for part, said in zip(parts, helps, strict=True) if part not in said] == []


def test_a_table_beside_an_indicators_values_is_told(town: Path) -> None:
    write(town / "resources/indicators/kinder/werte.csv", "Gebiet;Jahr;Kinder\n")
    told = [item for item in read_project(town).found if item.code == "fremde-datei"]
    assert [item.position.file for item in told] == ["resources/indicators/kinder/werte.csv"]
    assert "nahraum protect" in told[0].help


def test_folders_that_are_read_elsewhere_are_no_strangers(town: Path) -> None:
    for name in OTHER_FOLDERS | KIND_BY_FOLDER.keys():
        (town / "resources" / name).mkdir(exist_ok=True)
    assert read_project(town).found == ()
    # Each of them is read by somebody: the demo has it, but for what an invented town can't have.
    assert [name for name in OTHER_FOLDERS - {OSM} if not (ROOT / "resources" / name).is_dir()] == []


def test_without_an_overlay_nothing_internal_is_shown(town: Path) -> None:
    config = town / "site_config.yml"
    for text, name in (("overlay: ../nirgends\n", "../nirgends"), ("", "overlay")):
        config.write_text(FILES["site_config.yml"] + text, "utf-8")
        reading = read_project(town, internal=True)
        assert [(item.code, item.position) for item in reading.found] == [
            ("ablage-fehlt", Position("site_config.yml"))
        ]
        assert name in reading.found[0].message
        assert read_project(town).found == ()


def test_progress_is_told_for_each_file(town: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read_project(town, progress=lambda *what: told.append(what))
    assert told == [("lesen", number, 6) for number in range(7)]


def test_a_project_of_strangers_lets_nobody_else_in(town: Path) -> None:
    text = (town / "site_config.yml").read_text("utf-8")
    (town / "site_config.yml").write_text(text + LETS_IN, "utf-8")
    trusted = read_project(town)
    assert trusted.site is not None
    assert (trusted.site.config.basemap == "none", len(trusted.site.config.embedded)) == (False, 1)
    config, found = for_strangers(trusted.site.config, trusted.settings)
    assert (config.basemap, config.embedded) == ("none", ())
    assert [item.code for item in found] == ["einstellung-uebergangen"] * 2


def test_a_new_record_has_only_its_neighbours_judged_again(town: Path) -> None:
    offer = FILES[f"resources/{OFFER}"]
    for number in range(300):
        write(town / f"resources/offers/nummer-{number:03}.yml", offer)
    judged: list[str] = []

    def name(source: RecordSource) -> list[str]:
        judged.append(source.id)
        return [source.id]

    cache = ResultCache()
    assert list(read_project(town, cache=cache).of_each(name)) == judged
    before = len(judged)
    assert before > 300
    assert len(list(read_project(town, cache=cache).of_each(name))) == before == len(judged)
    write(town / "resources/offers/nummer-150a.yml", offer)
    found = list(read_project(town, cache=cache).of_each(name))
    assert found == [key for _, key in read_project(town).sources]
    assert "nummer-150a" in judged[before:]
    assert len(judged) - before < before / 3


@pytest.mark.parametrize(
    ("text", "comparable"),
    [
        ("markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes]\n", True),
        ("markdown_extensions: [md_in_html, sane_lists, smarty, tables, toc]\n", True),
        ("markdown_extensions: [pymdownx.tasklist, {pymdownx.details: {}}]\n", True),
        ("markdown_extensions: {pymdownx.tasklist: {}}\n", True),
        ("markdown_extensions: [pymdownx.snippets]\n", False),
        ("markdown_extensions: [{pymdownx.b64: {}}]\n", False),
        ("markdown_extensions: [eigene.erweiterung]\n", False),
        ("markdown_extensions: tables\n", False),
        ("hooks: [haken.py]\n", False),
        ("- hooks\n", False),
        ("plugins: [nahraum]\n", True),
        ("plugins: [nahraum, {include-markdown: {}}]\n", False),
    ],
)
def test_only_settings_that_run_nothing_can_be_compared(tmp_path: Path, text: str, comparable: bool) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, "utf-8")
    os.utime(path, (1, 1))  # what is new might change unseen
    disk = Disk(tmp_path)
    assert read_mkdocs(disk, {}, untrusted=False) == (text, TownLook(), [])
    assert disk.seen.whole is comparable


@pytest.mark.parametrize("text", ["markdown_extensions: [tables]\n", "hooks: [haken.py]\n"])
def test_settings_of_strangers_are_not_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    used, _, found = read_mkdocs(Disk(tmp_path), {}, untrusted=True)
    assert text not in used
    assert [item.code for item in found] == ["mkdocs-uebergangen"]
