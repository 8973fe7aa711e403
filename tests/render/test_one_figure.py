"""One cell is one number: page, chart, edition, comparison and every download write the same value and the same limits."""

import csv
import json
import re
import shutil
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from generator.diagnostics import Position
from generator.export.figure_files import Downloads
from generator.mkdocs_plugin import write_site
from generator.model.cells import Cell, Series, rounded, shown
from generator.model.dear_numbers_and_hosts import dialled
from generator.pipeline.build import Project, build_site, prepare
from generator.render.base.context import Context
from generator.render.components.calls import find_calls, render_call
from generator.render.data_files.open_data import source_of
from generator.render.figures.explanation import questions
from generator.render.figures.tables import comparison_files
from generator.render.maps.choropleth import choropleth_view
from generator.render.pages import PAGES
from generator.render.written_reports.edition_call_site import EditionCallSite
from generator.render.written_reports.edition_components import REPORT_COMPONENTS
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.golden.sites import FOLDER
from tests.records import replace
from tests.render.figures_world import with_figures
from tests.render.test_report_pages import bar_texts, cells

KEY, SPACE, EDITION = "kita-unter-3", "marktviertel", "berichte/sozialraumbericht-suederaue/2026"


@pytest.fixture(scope="module")
def exact(demo: Project) -> tuple[str, float, float, float]:
    """The period of the cell with its value and limits, worked out here from its published counts: each may be 2 off, as they are rounded."""
    assert demo.facts is not None
    series = demo.facts.series[KEY]
    cell = series.cell(SPACE, series.latest)
    assert cell is not None
    assert cell.numerator
    assert cell.denominator

    def limit(count: int, n: int, sign: int) -> float:
        z = 1.959963984540054
        middle, spread = 2 * count + z * z, z * (z * z + 4 * count * (1 - count / n)) ** 0.5
        return (middle + sign * spread) / (2 * (n + z * z)) * 100

    low = limit(cell.numerator - 2, cell.denominator + 2, -1)
    high = limit(cell.numerator + 2, cell.denominator - 2, 1)
    share = cell.numerator / cell.denominator * 100
    return series.latest, share, low, high


@pytest.fixture(scope="module")
def truth(exact: tuple[str, float, float, float]) -> tuple[str, str, str, str]:
    """The same as it is shown: a share of rounded counts has no decimals."""
    return (exact[0], *(f"{value:.0f}" for value in exact[1:]))  # type: ignore[return-value]


def german(*numbers: str) -> list[str]:
    return [number.replace(".", ",") for number in numbers]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").split())


def test_the_page(demo: Project, demo_site: Path, truth: tuple[str, str, str, str]) -> None:
    _period, value, low, high = german(*truth)
    html = (demo_site / "berichte" / KEY / "index.html").read_text("utf-8")
    row = next(row for row in cells(html, "werte") if row[0] == "Marktviertel")
    assert row[1:3] == [value, f"{low}–{high}"]
    assert bar_texts(html, "balken")["Marktviertel"] == f"{value} ({low}–{high})"


def test_the_profile_and_the_comparison(demo_site: Path, truth: tuple[str, str, str, str]) -> None:
    _period, value, low, high = german(*truth)
    html = (demo_site / "sozialraeume" / SPACE / "index.html").read_text("utf-8")
    row = next(
        row for row in cells(html, f"kennzahlen-{SPACE}") if "unter 3" in row[0] or "unter drei" in row[0]
    )
    assert f"{value}{low}–{high}" in row[1].replace(" ", "")
    data = json.loads((demo_site / "berichte/vergleich/daten.json").read_text("utf-8"))
    cell = next(item for item in data["indicators"] if item["id"] == KEY)["cells"][SPACE]
    assert (cell["text"], cell["interval"]) == (value, f"{low}–{high}")
    assert (str(cell["value"]), str(cell["low"]), str(cell["high"])) == truth[1:]


def test_the_edition(demo_site: Path, exact: tuple[str, float, float, float]) -> None:
    """A report keeps the decimals with which it was published."""
    value, low, high = german(*(f"{value:.1f}" for value in exact[1:]))
    html = (demo_site / EDITION / "index.html").read_text("utf-8")
    assert f"Im Marktviertel sind es {value} %" in words(html)
    assert f"{low} bis {high} %" in words(html)
    rows = list(
        csv.DictReader(
            (demo_site / EDITION / "zahlen.csv").read_text("utf-8-sig").splitlines(), delimiter=";"
        )
    )
    row = next(
        row
        for row in rows
        if (row["Kennzahl"], row["Kürzel des Gebiets"], row["Zeitraum"]) == (KEY, SPACE, exact[0])
    )
    assert [row[name] for name in ("Wert", "von", "bis")] == [value, low, high]


# --- nobody rounds by himself -----------------------------------------------------------------------------------------


def jittered(cell: Cell, by: float) -> Cell:
    """The same figure with limits as they were before rounding, as older editions hold them (9.292634 for 9,3)."""
    if cell.low is None or cell.high is None:
        return cell
    return replace(cell, low=cell.low + by, high=cell.high + by)


def outputs(context: Context) -> dict[str, str]:
    """Everything that is made of the cells: pages, maps, the comparison's file, downloads, components of editions."""
    found: dict[str, str] = {}
    for row in PAGES:
        if row.kind in ("report", "compare", "reports", "space", "meeting"):
            for key in row.keys(context.site, context.facts):
                found[f"{row.kind} {key}"] = str(row.render(context, key).body)
    found |= {path: str(content) for path, content in comparison_files(context).items()}
    found |= {path: str(write()) for path, write in Downloads(source_of(context)).files()}
    found |= {f"map {key}": repr(choropleth_view(context, key)) for key in context.facts.series}
    calls = [
        form.format(key=key)
        for key in context.facts.series
        for form in (
            "figure('{key}', space='suederaue')", "figure('{key}', space='suederaue', show='interval')",
            "figure('{key}', space='suederaue', show='change')", "table('{key}', level='sozialraum')",
            "table('{key}', level='sozialraum', period='all')", "chart('{key}', level='sozialraum')",
            "chart('{key}', kind='line', spaces='suederaue, auenstedt')", "comparison('{key}', space='suederaue')",
        )
    ]  # fmt: skip
    text = "\n\n".join(f"{{{{ {call} }}}}" for call in calls)
    here = EditionCallSite(context, "berichte/x/")
    for call in find_calls(text, "bericht.md", 1)[0]:
        markup, problems = render_call(call, here, Position("bericht.md"), REPORT_COMPONENTS)
        assert not problems
        found[text[call.start : call.end]] = str(markup)
    return found


@pytest.mark.guards("Figures: a figure is the same everywhere")
@whole
def test_no_room_rounds_by_itself(demo: Project) -> None:
    project = with_figures(demo)
    assert project.facts is not None

    def made(by: float) -> dict[str, str]:
        assert project.facts is not None
        series: dict[str, Series] = {
            key: replace(item, cells={place: jittered(cell, by) for place, cell in item.cells.items()})
            for key, item in project.facts.series.items()
        }
        return outputs(project.showing(facts=replace(project.facts, series=series)).contexts[0])

    plain = made(0.0)
    assert len(plain) > 60
    for by in (0.0437213, -0.0437213):
        other = made(by)
        assert [name for name in plain if plain[name] != other[name]] == []


@pytest.mark.guards("Figures: a figure is the same everywhere")
def test_rounding_is_that_of_school() -> None:
    assert [str(rounded(Decimal(text), 1)) for text in ("2.25", "2.35", "-2.25", "9.292634")] == [
        "2.3", "2.4", "-2.3", "9.3",
    ]  # fmt: skip
    assert str(rounded(2.675, 2)) == "2.68", "a float counts as it is written"
    assert shown(Cell("a", "2025", (), None, low=1.0, high=2.0), 1).interval is None


@pytest.mark.parametrize(
    ("altered", "said"), [("rounded", "kamen schon gerundet"), ("perturbed", "jede Zahl ein wenig verändert")]
)
def test_a_page_says_how_its_supplier_altered_the_figures(demo: Project, altered: str, said: str) -> None:
    assert demo.facts is not None
    item = demo.contexts[0].site.indicators[KEY]
    for source, told in ((item.source, False), (item.source.model_copy(update={"altered": altered}), True)):
        asked = questions(
            demo.contexts[0], item.model_copy(update={"source": source}), demo.facts.series[KEY]
        )
        assert any(said in str(answer) for one in asked for answer in one.answer) == told


_CONTACT = re.compile(r"\b(?:contact|deputy): *\{[^{}\n]*\}")
_LINK = re.compile(r'href="?(tel:[^">\s]+)')


def all_on_mobiles(text: str) -> str:
    """Write each landline as a mobile, but where a contact has both."""
    return _CONTACT.sub(
        lambda found: found[0] if "mobile:" in found[0] else found[0].replace("phone:", "mobile:"), text
    )


def numbers(site: Path) -> dict[str, set[str]]:
    """Return which numbers can be tapped on a site, by page."""
    return {
        path.relative_to(site).as_posix(): set(_LINK.findall(path.read_text("utf-8")))
        for path in site.rglob("*.html")
    }


def lost(source: Path, landlines: Path, folder: Path) -> tuple[int, dict[str, set[str]]]:
    """Build a town with mobiles alone: how many files differ, and by page which numbers of its site with landlines can't be tapped any more."""
    project = folder / "mobiles"
    changed = 0
    for part in ("content", "resources"):
        if (source / part).is_dir():
            shutil.copytree(source / part, project / part)
    shutil.copy(source / "site_config.yml", project)
    for path in (project / "resources").rglob("*.yml"):
        written = path.read_text("utf-8")
        changed += written != (moved := all_on_mobiles(written))
        path.write_text(moved, "utf-8")
    build_site(prepare(project, TODAY), folder / "mobiles-site", write_site)
    before, after = numbers(landlines), numbers(folder / "mobiles-site")
    assert before.keys() == after.keys()
    assert sum(map(len, before.values())) > len(before) / 2
    return changed, {page: gone for page in before if (gone := before[page] - after[page])}


def test_a_village_on_mobiles_loses_no_number(tmp_path: Path) -> None:
    village = FOLDER / "village" / "project"
    build_site(prepare(village, TODAY), tmp_path / "site", write_site)
    changed, missing = lost(village, tmp_path / "site", tmp_path)
    assert changed > 0
    assert missing == {}


@whole
def test_a_town_on_mobiles_loses_no_number(demo_site: Path, tmp_path: Path) -> None:
    """Offices in lists, teams, deputies, advisers, a house's way in, first doors: each left out whoever had only a mobile."""
    changed, missing = lost(ROOT, demo_site, tmp_path)
    assert changed > 200
    assert missing == {}


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("040 66969-910", "04066969910"),
        ("040/66969 910", "04066969910"),
        ("+49 40 66969-910", "04066969910"),
        ("+49 (0)40 66969-910", "04066969910"),
        ("0049 40 66969910", "04066969910"),
        ("4940 66969910", "04066969910"),
        ("116 111", "116111"),
        ("49 12 34", "491234"),
        ("+43 1 5878787", "4315878787"),
    ],
)
def test_ways_to_write_a_number_are_one(written: str, digits: str) -> None:
    assert dialled(written) == digits
