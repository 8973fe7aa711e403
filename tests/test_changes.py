"""Changes that docs/changes.md promises to be small, made here for real: nothing but the named places is touched."""

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

import generator.render.pages as registry_of_pages
from generator.cli import main
from generator.model.areas_and_offices import Space
from generator.model.facts import Facts
from generator.model.site import Site
from generator.render.base import texts
from generator.render.base.context import Context, templates_folder
from generator.render.base.page import Page
from generator.render.base.urls import PATHS
from generator.render.base.view import View
from generator.render.components.calls import COMPONENTS, CallSite, known
from generator.render.pages import PAGES, PageType
from tests.chance import whole
from tests.conftest import ROOT
from tests.golden.sites import FOLDER

pytestmark = whole

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


@dataclass(frozen=True)
class Program:
    """A copy of the program to be changed; it runs in a process of its own."""

    folder: Path

    def replace(self, path: str, old: str, new: str) -> None:
        assert (self.folder / path).read_text("utf-8").count(old) == 1, (path, old)
        replace(self.folder / path, old, new)

    def add(self, path: str, text: str) -> None:
        """Write at the end of a file that is there."""
        (self.folder / path).write_text((self.folder / path).read_text("utf-8") + text, "utf-8")

    def run(self, *arguments: str) -> str:
        """Run Python in the copy; return what it writes, also of what is wrong."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stdout, done.stdout
        return done.stdout

    def nahraum(self, *arguments: str) -> str:
        return self.run("-m", "generator", *arguments)

    def build(self, town: Path) -> Path:
        output = self.nahraum("build", "-p", str(town), *DAY)
        assert (town / "site" / "index.html").is_file(), output
        return town / "site"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A copy of the program."""
    shutil.copytree(ROOT / "generator", tmp_path / "program" / "generator")
    return Program(tmp_path / "program")


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
    assert [*site.glob("assets/nahraum/suche-*/title.pl.json")]


@pytest.mark.usefixtures("polish")
def test_a_language_has_as_many_plural_forms_as_its_catalogue_says() -> None:
    counted = texts.Texts("pl")
    found = [counted.ngettext("{n} Angebot", "{n} Angebote", n).format(n=n) for n in (1, 2, 5, 22)]
    assert found == ["1 oferta", "2 oferty", "5 ofert", "22 oferty"]
    assert texts.Texts("de").ngettext("{n} Angebot", "{n} Angebote", 2) == "{n} Angebote"


# --- a check: one function named in its module, one entry of what it says -------------------------------------------

SHOUTING = """\
def check_shouting(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    for source in reading.of("offers"):
        name = site.offers[source.id].name
        if name.isupper():
            yield diagnostic("laut-geschrieben", source.position("name"), name=name)


CHECKS = (check_names, check_where, check_texts, check_costs, check_shouting)
"""
SHOUTED = """
laut-geschrieben:
  severity: warning
  message: „{name}“ steht ganz in Großbuchstaben
  help: den Namen in üblicher Schreibung schreiben
  explanation: Großbuchstaben liest sich schwer.
"""


def test_a_check_is_one_function_and_what_it_says(town: Path, program: Program) -> None:
    program.replace(
        "generator/check/names_and_texts.py",
        "CHECKS = (check_names, check_where, check_texts, check_costs)\n",
        SHOUTING,
    )
    program.add("generator/diagnostics/codes/check.yml", SHOUTED)
    replace(town / "resources" / "offers" / "spielkreis-am-deich.yml", "Spielkreis am Deich", "SPIELKREIS")
    told = json.loads(program.nahraum("check", "-p", str(town), "-f", "json", *DAY))
    found = [item for item in told if item["severity"] == "warning"]
    assert [(item["code"], item["file"], item["line"], item["column"]) for item in found] == [
        ("laut-geschrieben", "resources/offers/spielkreis-am-deich.yml", 1, 7)
    ]
    assert "1 | name: SPIELKREIS\n  |       ^^^^^^^^^^" in program.nahraum("check", "-p", str(town), *DAY)
    assert "::warning file=resources/offers/spielkreis-am-deich.yml,line=1,col=7" in program.nahraum(
        "check", "-p", str(town), "-f", "github", *DAY
    )
    assert "Großbuchstaben liest sich schwer." in program.nahraum("help", "laut-geschrieben")


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


class PointsView(View, frozen=True):
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


# --- a kind of record: one folder, one line ---------------------------------------------------------------------------

SURVEYS = {
    "__init__.py": """'Surveys: what people of an area were asked.'

PATHS = {"survey": "berichte/umfragen/{id}/"}
""",
    "model.py": """
from pydantic import Field

from generator.model.groups import Record, SpaceId
from generator.model.groups import Kind
from generator.model.scalars import Text


class Survey(Record):
    name: Text = Field(title="Name")
    asked: Text | None = Field(None, title="Gefragt")
    spaces: tuple[SpaceId, ...] = Field((), title="Gebiete")


KINDS = (Kind("surveys", Survey, "Umfrage", "Umfragen", "keine Umfrage"),)
""",
    "codes.yml": """
umfrage-ohne-frage:
  severity: warning
  message: "Es fehlt, was gefragt wurde: {name}"
  help: asked ergänzen
  explanation: Ohne Frage sagt keine Antwort etwas.
""",
    "check.py": """
from generator.diagnostics.codes import diagnostic


def check_surveys(site, reading):
    for source in reading.of("surveys"):
        if source.record.asked is None:
            yield diagnostic("umfrage-ohne-frage", source.position("name"), name=source.record.name)


CHECKS = (check_surveys,)
""",
    "page.py": """
from dataclasses import dataclass

from generator.render.base.context import Context
from generator.render.base.page import Page
from generator.render.base.page_type import PageType, each
from generator.render.base.view import View
from generator.subjects.surveys.model import Survey


class SurveyView(View, frozen=True):
    template = "survey.html"
    survey: Survey


def render(context: Context, key: str) -> Page:
    path = context.path("survey", key)
    survey = context.site.records("surveys")[key]
    return Page(path, context.lang, "reports", survey.name, "", context.render(SurveyView(survey), path))


PAGES = (PageType("survey", each("surveys"), render),)
""",
    "templates/survey.html": "<h1>{{ survey.name }}</h1>",
    "sections.py": """
from generator.render.pages.reports_home import line, part


def _surveys(context, path):
    found = context.site.records("surveys").items()
    lines = [line(context, path, "survey", key, survey.name, "") for key, survey in found]
    return part("umfragen", "Umfragen", lines)


FRONT = ((55, _surveys),)
""",
    "export.py": """
from generator.export.source import RecordFile


def files(source):
    for key in source.site.records("surveys"):
        yield RecordFile("surveys", key, f"daten/umfragen/{key}.txt", "Die Antworten", "Text", lambda: b"keine")
""",
}  # fmt: skip


def test_a_kind_of_record_is_one_folder_and_one_line(town: Path, program: Program) -> None:
    folder = program.folder / "generator" / "subjects" / "surveys"
    (folder / "templates").mkdir(parents=True)
    for name, text in SURVEYS.items():
        (folder / name).write_text(text, "utf-8")
    program.replace("generator/subjects/__init__.py", '"forecasts",\n', '"forecasts",\n    "surveys",\n')
    record = town / "resources" / "surveys" / "wege.yml"
    record.parent.mkdir()
    record.write_text("name: Wege zur Schule\nspaces: [kiebitzmoor]\n", "utf-8")
    site = program.build(town)
    assert "<h1>Wege zur Schule</h1>" in (site / "berichte/umfragen/wege/index.html").read_text("utf-8")
    assert 'href="umfragen/wege/"' in (site / "berichte/index.html").read_text("utf-8")
    assert 'href="umfragen/wege.txt"' in (site / "daten/index.html").read_text("utf-8")
    assert (site / "daten/umfragen/wege.txt").read_bytes() == b"keine"
    assert "Es fehlt, was gefragt wurde: Wege zur Schule" in program.nahraum("check", "-p", str(town), *DAY)
    replace(record, "[kiebitzmoor]", "[kiebizmoor]")
    assert "„kiebitzmoor“" in program.nahraum("check", "-p", str(town), *DAY)
    program.nahraum("new", "survey", "neu", "-p", str(town))
    assert "name:" in (town / "resources" / "surveys" / "neu.yml").read_text("utf-8")


# --- a field on offers: its line in the model, where it is shown ----------------------------------------------------


def test_a_field_on_offers_is_one_line_of_the_model_and_where_it_is_shown(
    town: Path, program: Program
) -> None:
    program.replace(
        "generator/model/offer.py",
        "    residents_only: YesNo",
        '    dogs: Text | None = Field(None, title="Hunde", description="Ob Hunde mitdürfen.")\n    residents_only: YesNo',
    )
    program.replace(
        "generator/render/directory/cards.py",
        '    yield GlanceRow(_("Plätze"), capacity, "seat-outline")\n',
        '    yield GlanceRow(_("Plätze"), capacity, "seat-outline")\n    yield GlanceRow(_("Hunde dabei"), offer.dogs or "", "dog")\n',
    )
    # The tool puts the line there; what it is in English doesn't count.
    program.run("-m", "generator.edit.translation.catalogues")
    program.replace(
        "generator/locales/en.po",
        'msgid "Hunde dabei"\nmsgstr ""',
        'msgid "Hunde dabei"\nmsgstr "Bringing dogs"',
    )
    replace(town / "site_config.yml", "languages: [de]", "languages: [de, en]")
    offer = town / "resources" / "offers" / "spielkreis-am-deich.yml"
    replace(offer, "cost: free", "cost: free\ndogs: Nur <angeleint>")
    site = program.build(town)
    page = "angebote/spielkreis-am-deich/index.html"
    for path, term in ((page, "Hunde dabei"), (f"en/{page}", "Bringing dogs")):
        text = (site / path).read_text("utf-8")
        assert f"<span>{term}</span></dt><dd>Nur &lt;angeleint&gt;" in text
    replace(offer, "dogs:", "dgos:")
    assert "„dogs“" in program.nahraum("check", "-p", str(town), *DAY)
    program.nahraum("new", "offer", "neu", "--all", "-p", str(town))
    assert "Ob Hunde mitdürfen." in (town / "resources" / "offers" / "neu.yml").read_text("utf-8")


# --- a flag on offers: its line in the model, one row ---------------------------------------------------------------


def test_a_flag_with_list_and_filter_is_one_line_of_the_model_and_one_row(
    town: Path, program: Program
) -> None:
    # The guide for developers shows just this as a first change.
    guide = (ROOT / "docs/developing.md").read_text("utf-8")
    field, row = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    before = "    residents_only: YesNo"
    program.replace("generator/model/offer.py", before, field + before)
    before = '    "residents-only": OfferFlag('
    program.replace("generator/model/offer_flags.py", before, row + before)
    replace(
        town / "resources" / "offers" / "spielkreis-am-deich.yml",
        "cost: free",
        "cost: free\naccess: {way: open}\ndogs: yes",
    )
    site = program.build(town)
    choices = json.loads((site / "angebote" / "auswahl.json").read_text("utf-8"))
    assert ["hund", [["1", "mit Hund", 1]], "access"] in choices["facets"]
    listed = (site / "angebote" / "nach" / "zugang" / "mit-hund" / "index.html").read_text("utf-8")
    assert "<h1>Angebote: mit Hund</h1>" in listed
    assert re.findall(r'data-id="([^"]+)"', listed) == ["spielkreis-am-deich"]
    assert ">mit Hund</span>" in (site / "angebote" / "nach" / "zugang" / "offen" / "index.html").read_text(
        "utf-8"
    )
    assert "mit Hund" in (site / "angebote" / "spielkreis-am-deich" / "index.html").read_text("utf-8")
    assert "mit Hund" not in (site / "angebote" / "spielkreis" / "index.html").read_text("utf-8")


# --- a map layer: one file ----------------------------------------------------------------------------------------


def test_a_map_layer_is_one_file(town: Path) -> None:
    layer = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Alte Mauer"},
                "geometry": {"type": "LineString", "coordinates": [[9.885, 53.885], [9.91, 53.905]]},
            }
        ],
    }
    assert "nr-map__streets" not in (build(town) / "sozialraeume/kiebitzmoor/index.html").read_text("utf-8")
    folder = town / "resources" / "context"
    folder.mkdir()
    (folder / "wall.geojson").write_text(json.dumps(layer), "utf-8")
    site = build(town)
    for page in ("sozialraeume/kiebitzmoor/index.html", "angebote/spielkreis-am-deich/index.html"):
        assert re.search('<g class="nr-map__streets"><path[^>]* d="M', (site / page).read_text("utf-8"))
    ground = json.loads((site / "assets" / "nahraum" / "maps" / "ground.json").read_text("utf-8"))
    # Lines of one kind are one feature of the moving maps.
    assert [item["geometry"]["type"] for item in ground["features"]] == ["Polygon", "MultiLineString"]
    ((start, *_, end),) = ground["features"][1]["geometry"]["coordinates"]
    assert (start, end) == ([9.885, 53.885], [9.91, 53.905])


# --- a word: one entry of its vocabulary ----------------------------------------------------------------------------

WORDS = {
    "topics": "- {id: stromkosten, parent: geld, name: Stromkosten, phrase: Der Strom ist zu teuer, words: [Abschlag], first_step: Rufen Sie an.}\n",
    "kinds": "- {id: lesekreis, name: Lesekreis, explanation: Man liest zusammen., layer: everyday, access: open, meets: yes}\n",
    "place_kinds": "- {id: repair-cafe, name: Repair-Café, icon: material/hammer-wrench}\n",
    "target_groups": "- {id: night-workers, name: Menschen mit Nachtarbeit}\n",
    "languages": "- {id: lv, name: Lettisch, own: latviešu}\n",
}


def test_a_word_is_one_entry_of_its_vocabulary(town: Path, program: Program) -> None:
    for name, entry in WORDS.items():
        path = program.folder / "generator" / "vocabulary" / f"{name}.yml"
        path.write_text(path.read_text("utf-8") + entry, "utf-8")
    offer = town / "resources" / "offers" / "spielkreis-am-deich.yml"
    replace(offer, "topics: [krabbelgruppe]", "topics: [stromkosten]\nfor: [night-workers]\nlanguages: [lv]")
    replace(offer, "kind: treff", "kind: lesekreis")
    (town / "resources" / "places").mkdir()
    (town / "resources" / "places" / "werkstatt.yml").write_text(
        "name: Werkstatt am Deich\nkind: repair-cafe\nproviders: [dorfverein]\npoint: 9.9 53.9\n", "utf-8"
    )
    site = program.build(town)
    assert "Repair-Café" in (site / "orte" / "werkstatt" / "index.html").read_text("utf-8")
    page = (site / "angebote" / "spielkreis-am-deich" / "index.html").read_text("utf-8")
    for word in ("Lesekreis", "Menschen mit Nachtarbeit", "Lettisch", "themen/stromkosten/"):
        assert word in page, word
    topic = (site / "themen" / "stromkosten" / "index.html").read_text("utf-8")
    assert "<h1>Der Strom ist zu teuer</h1>" in topic
    assert "Spielkreis am Deich" in topic
    directory = json.loads((site / "angebote" / "auswahl.json").read_text("utf-8"))
    choices = {facet[0]: dict(option[:2] for option in facet[1]) for facet in directory["facets"]}
    assert choices["thema"]["stromkosten"] == "Stromkosten"
    assert choices["fuer"]["night-workers"] == "Menschen mit Nachtarbeit"
    assert choices["sprache"] == {"lv": "Lettisch"}
    assert "stromkosten" in program.nahraum("help", "topics")
    replace(offer, "[night-workers]", "[nigth-workers]")
    assert "„night-workers“" in program.nahraum("check", "-p", str(town), *DAY)


# --- a column of the table: one line --------------------------------------------------------------------------------


def test_a_column_of_the_table_is_one_line(town: Path, program: Program) -> None:
    program.replace(
        "generator/edit/tables/table_columns.py",
        '        _make_column("Alter", "ages"),\n',
        '        _make_column("Alter", "ages"),\n        _make_column("Zeiten in Worten", "hours_note"),\n',
    )
    rows = "Kürzel;Zeiten in Worten\nspielkreis-am-deich;an drei Tagen\n"
    (town.parent / "tabelle.csv").write_text(rows, "utf-8")
    assert "an drei Tagen" in program.nahraum(
        "table", "in", str(town.parent / "tabelle.csv"), "-p", str(town)
    )
    offer = town / "resources" / "offers" / "spielkreis-am-deich.yml"
    assert "hours_note: an drei Tagen\n" in offer.read_text("utf-8")


# --- a command: one function, one row -------------------------------------------------------------------------------


def test_a_command_is_one_function_and_one_row(town: Path, program: Program) -> None:
    program.add(
        "generator/commands/editing.py",
        """

@click.command()
@PROJECT
def count(project: Path) -> None:
    \"\"\"Die Angebote eines Projekts zählen.\"\"\"
    site = read_project(project).site
    if site is None:
        raise ValueError("a town that can't be read has no offers")
    click.echo(f"{len(site.offers)} Angebote")
""",
    )
    program.replace(
        "generator/cli.py",
        '    "Nachsehen": {\n',
        '    "Nachsehen": {\n        "count": ("editing.count", "Die Angebote zählen."),\n',
    )
    assert re.search(r"count +Die Angebote zählen\.", program.nahraum("--help"))
    assert program.nahraum("count", "-p", str(town)) == "2 Angebote\n"
    (town / "site_config.yml").unlink()
    assert "fehler-von-nahraum" in program.nahraum("count", "-p", str(town))


# --- the page itself ------------------------------------------------------------------------------------------------


def test_every_change_of_the_page_is_made_here() -> None:
    text = (ROOT / "docs" / "changes.md").read_text("utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)
    named = [re.findall(r"✓ `(test_\w+)`", section) for section in sections[1:]]
    assert [
        section.splitlines()[0] for section, tests in zip(sections[1:], named, strict=True) if not tests
    ] == []
    made = {name for name in globals() if re.match(r"test_an?_\w+_(is|are)_", name)}
    assert {name for tests in named for name in tests} == made


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
