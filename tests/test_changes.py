"""Changes that docs/changes.md promises to be small, made here for real: nothing but the named places is touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from markupsafe import Markup

import generator.check
import generator.render.pages as registry_of_pages
from generator.cli import main
from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import CODES, Code, diagnostic
from generator.model.facts import Facts
from generator.model.site import Site
from generator.model.space import Space
from generator.read.project import Reading
from generator.render.base import texts
from generator.render.base.context import Context, templates_folder
from generator.render.base.page import Page
from generator.render.base.urls import PATHS
from generator.render.base.view import View
from generator.render.components.calls import CallSite, known
from generator.render.components.registry import COMPONENTS
from generator.render.pages import PAGES, PageType
from tests.conftest import ROOT
from tests.golden.sites import FOLDER

DAY = ["--today", "2026-11-20"]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the smallest golden town."""
    shutil.copytree(FOLDER / "village" / "project", tmp_path / "town")
    return tmp_path / "town"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.output


def build(town: Path) -> Path:
    output = run("build", "-p", str(town), *DAY)
    assert (town / "site" / "index.html").is_file(), output
    return town / "site"


def pages(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


# --- a language: one catalogue, one line of configuration -----------------------------------------------------------

POLISH = """\
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Hilfe finden"
msgstr "Znajdź pomoc"

msgid "{n} Angebot"
msgid_plural "{n} Angebote"
msgstr[0] "{n} oferta"
msgstr[1] "{n} oferty"
msgstr[2] "{n} ofert"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The catalogues and one more."""
    folder = tmp_path / "locales"
    shutil.copytree(texts.locales_folder(), folder)
    (folder / "pl.po").write_text(POLISH, "utf-8")
    monkeypatch.setattr(texts, "locales_folder", lambda: folder)
    monkeypatch.setattr(texts, "packaged", lambda *parts: (folder / parts[-1]).read_bytes())
    texts.catalogue.cache_clear()
    texts._file_of.cache_clear()
    yield
    texts.catalogue.cache_clear()
    texts._file_of.cache_clear()


@pytest.mark.usefixtures("polish")
def test_a_language_is_one_catalogue_and_one_line_of_configuration(town: Path) -> None:
    replace(town / "site_config.yml", "languages: [de]", "languages: [de, pl]")
    site = build(town)
    made = pages(site)
    hand_written = {"404.html", "impressum/index.html"}
    german = {name for name in made if not name.startswith("pl/")} - hand_written
    assert {name.removeprefix("pl/") for name in made if name.startswith("pl/")} == german
    home = (site / "pl" / "index.html").read_text("utf-8")
    assert '<html lang="pl" dir="ltr"' in home
    assert "Znajdź pomoc" in home
    assert re.search(r'<li><a href="\./" lang="pl" hreflang="pl" aria-current="true">', home)
    offer = "angebote/spielkreis-am-deich/"
    for path in (offer, f"pl/{offer}"):
        text = (site / path / "index.html").read_text("utf-8")
        for lang, target in (("de", offer), ("pl", f"pl/{offer}")):
            assert f'hreflang="{lang}" href="https://kiebitzmoor.example/{target}"' in text
    # What nobody translated is German and says so.
    assert '<h1 lang="de" dir="auto">Spielkreis am Deich</h1>' in (
        site / "pl" / offer / "index.html"
    ).read_text("utf-8")
    assert (site / "search" / "title.pl.json").is_file()


@pytest.mark.usefixtures("polish")
def test_a_language_has_as_many_plural_forms_as_its_catalogue_says() -> None:
    counted = texts.Texts("pl")
    found = [counted.ngettext("{n} Angebot", "{n} Angebote", n).format(n=n) for n in (1, 2, 5, 22)]
    assert found == ["1 oferta", "2 oferty", "5 ofert", "22 oferty"]
    assert texts.Texts("de").ngettext("{n} Angebot", "{n} Angebote", 2) == "{n} Angebote"


# --- a check: one function, one row, one entry of what it says ------------------------------------------------------


def check_shouting(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report names in capital letters."""
    for source in reading.of("offers"):
        name = site.offers[source.id].name
        if name.isupper():
            yield diagnostic("laut-geschrieben", source.position("name"), name=name)


def test_a_check_is_one_function_one_row_and_what_it_says(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator.check, "CHECKS", (*generator.check.CHECKS, check_shouting))
    entry = Code(
        "warning",
        "„{name}“ steht ganz in Großbuchstaben",
        "den Namen in üblicher Schreibung schreiben",
        "Großbuchstaben liest sich schwer.",
    )
    for module in ("generator.diagnostics.codes", "generator.cli"):
        monkeypatch.setattr(f"{module}.CODES", {**CODES, "laut-geschrieben": entry})
    replace(
        town / "resources" / "offers" / "zimmer.yml", "name: Ein Zimmer für die Nacht", "name: EIN ZIMMER"
    )
    found = [
        item
        for item in json.loads(run("check", "-p", str(town), "-f", "json", *DAY))
        if item["severity"] == "warning"
    ]
    assert [(item["code"], item["file"], item["line"], item["column"]) for item in found] == [
        ("laut-geschrieben", "resources/offers/zimmer.yml", 1, 7)
    ]
    assert "1 | name: EIN ZIMMER\n  |       ^^^^^^^^^^" in run("check", "-p", str(town), *DAY)
    assert "::warning file=resources/offers/zimmer.yml,line=1,col=7" in run(
        "check", "-p", str(town), "-f", "github", *DAY
    )
    assert "Großbuchstaben liest sich schwer." in run("explain", "laut-geschrieben")


# --- a diagnostic format: one file, one row -------------------------------------------------------------------------

BY_WEIGHT = """\
from generator.diagnostics.formats.shared import place


def by_weight(found, lines):
    return "".join(f"{item.severity}\\t{place(item.position)}\\n" for item in found)
"""
WITH_THE_ROW = """\
import sys
from by_weight import by_weight
from generator.diagnostics.formats import FORMATS
FORMATS["weight"] = by_weight
from generator.cli import main
main(sys.argv[1:])
"""


def test_a_diagnostic_format_is_one_file_and_one_row(town: Path, tmp_path: Path) -> None:
    (tmp_path / "by_weight.py").write_text(BY_WEIGHT, "utf-8")
    offer = town / "resources" / "offers" / "zimmer.yml"
    replace(offer, "name: Ein Zimmer für die Nacht", "nam: Ein Zimmer für die Nacht")
    ended = subprocess.run(
        [sys.executable, "-c", WITH_THE_ROW, "check", "-p", str(town), "-f", "weight", *DAY],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "error\tresources/offers/zimmer.yml:1:1\n" in ended.stdout


# --- a component: one function, one row -----------------------------------------------------------------------------


def meeting_points(place: CallSite, space: str, limit: int = 3) -> Markup:
    """Name the meeting points of a space."""
    points = known("space", space, place.context.site.spaces).meeting_points[:limit]
    return Markup("<ul>{}</ul>").format(
        Markup().join(Markup("<li>{}</li>").format(point.name) for point in points)
    )


def test_a_component_is_one_function_and_one_row(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMPONENTS, "meeting_points", meeting_points)  # type: ignore[arg-type]
    page = town / "content" / "treffen.md"
    page.write_text("# Treffen\n\n{{ meeting_points('kiebitzmoor') }}\n", "utf-8")
    space = town / "resources" / "spaces" / "kiebitzmoor.yml"
    replace(space, "name: Bank am Deich", 'name: "Bank <am> Deich"')
    site = build(town)
    assert "<ul><li>Bank &lt;am&gt; Deich</li></ul>" in (site / "treffen" / "index.html").read_text("utf-8")
    page.write_text(
        "# Treffen\n\n{{ meeting_points('kibitzmoor') }} {{ meeting_points(spce='x') }}\n", "utf-8"
    )
    found = [
        item
        for item in json.loads(run("check", "-p", str(town), "-f", "json", *DAY))
        if item["severity"] == "error"
    ]
    assert [(item["code"], item["line"], item["column"]) for item in found] == [
        ("baustein-verweis", 3, 1),
        ("baustein-angabe", 3, 36),
    ]
    assert "„kiebitzmoor“" in found[0]["help"]


# --- a page family: a module with its template, two rows ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PointsView(View):
    """The meeting points of a space."""

    template = "points.html"

    space: Space
    names: tuple[str, ...]


POINTS = """\
<h1>{{ t(space) }}</h1>
<ul>{% for name in names %}<li>{{ name }}</li>{% endfor %}</ul>
<p><a href="{{ href('space', space.id) }}">{{ _("Gebiet") }}</a></p>
"""


def point_keys(site: Site, facts: Facts) -> Iterable[str]:
    del facts
    return [key for key, space in site.spaces.items() if space.meeting_points]


def render_points(context: Context, key: str) -> Page:
    space, path = context.site.spaces[key], context.path("points", key)
    view = PointsView(space, tuple(point.name for point in space.meeting_points))
    return Page(path, context.lang, "space", "Treffpunkte", "", context.render(view, path))


def test_a_page_family_is_a_module_with_its_template_and_two_rows(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(templates_folder(), templates)
    (templates / "points.html").write_text(POINTS, "utf-8")
    monkeypatch.setattr("generator.render.base.context.templates_folder", lambda: templates)
    monkeypatch.setitem(PATHS, "points", "treffpunkte/{id}/")
    monkeypatch.setattr(registry_of_pages, "PAGES", (*PAGES, PageType("points", point_keys, render_points)))
    replace(
        town / "resources" / "spaces" / "kiebitzmoor.yml", "name: Bank am Deich", 'name: "Bank <am> Deich"'
    )
    page = (build(town) / "treffpunkte" / "kiebitzmoor" / "index.html").read_text("utf-8")
    assert "<li>Bank &lt;am&gt; Deich</li>" in page
    assert '<a href="../../sozialraeume/kiebitzmoor/">Gebiet</a>' in page
    assert "<title>Treffpunkte – " in page


# --- a level of areas: one row of configuration ---------------------------------------------------------------------


def test_a_level_of_areas_is_one_row_of_configuration(town: Path) -> None:
    replace(
        town / "site_config.yml",
        "levels: [{id: gemeinde, name: Gemeinde}]",
        "levels: [{id: gemeinde, name: Gemeinde}, {id: ortsteil, name: Ortsteil, plural: Ortsteile}]",
    )
    (town / "resources" / "spaces" / "unterm-deich.yml").write_text(
        "name: Unterm Deich\nlevel: ortsteil\nparent: kiebitzmoor\ngeometry: geometry/gemeinde.geojson#kiebitzmoor\n",
        "utf-8",
    )
    site = build(town)
    assert "sozialraeume/unterm-deich/index.html" in pages(site)
    assert 'href="unterm-deich/"' in (site / "sozialraeume" / "index.html").read_text("utf-8")
    assert "Ortsteil" in (site / "sozialraeume" / "unterm-deich" / "index.html").read_text("utf-8")


# --- the page itself ------------------------------------------------------------------------------------------------


def test_every_place_that_the_page_names_exists() -> None:
    text = (ROOT / "docs" / "changes.md").read_text("utf-8")
    named = set(re.findall(r"`((?:generator|tests|docs|content|examples)/[\w./-]+)`", text))
    assert len(named) > 20
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
    for module, registry in re.findall(r"`([A-Z_]{4,})` in `(generator/[\w./]+\.py)`", text):
        assert re.search(rf"^{module}\b", (ROOT / registry).read_text("utf-8"), re.MULTILINE), (
            module,
            registry,
        )
