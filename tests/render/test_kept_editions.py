"""Published editions stay: files of every format are read for ever, new fields of the program change nothing, and publishing
is done whole or not at all."""

import dataclasses
import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import create_model

from generator.cli import main
from generator.diagnostics import Position, has_errors
from generator.files.disk import Disk
from generator.mkdocs_plugin import write_site
from generator.model import editions as frozen_module
from generator.model.editions import FORMAT, from_json, to_json
from generator.pipeline import report_editions as rehearsal
from generator.pipeline.build import Project, build_site, prepare
from generator.read.editions import read_editions
from generator.read.indicator_folders import LOG, digest_of
from generator.render.components.calls import find_calls, render_call
from generator.render.written_reports.edition_call_site import EditionCallSite, freeze, thawed
from generator.render.written_reports.edition_components import REPORT_COMPONENTS
from tests.chance import whole
from tests.conftest import ROOT, TODAY
from tests.folders import files_of
from tests.render.editions_town import EDITION, FROZEN, KEPT, write_report_town

pytestmark = whole


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The town with its report as a draft."""
    return write_report_town(tmp_path / "town")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(item) for item in arguments], env={"NAHRAUM_TODAY": "2026-11-20"})


def publish(root: Path) -> None:
    result = run("publish", root / EDITION, "-p", root)
    assert result.exit_code == 0, result.output


def build(root: Path, target: Path) -> Path:
    found = build_site(prepare(root, TODAY), target, write_site)
    assert not has_errors(found), [item for item in found if item.severity == "error"]
    return target


def page(site: Path) -> str:
    html = (site / "berichte/bericht-ost/2024/index.html").read_text("utf-8")
    return html[html.index("<main") : html.index("</main>")]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def figures(html: str) -> list[str]:
    """The numbers of every cell of a table and of every figure in a sentence; how they are put is the program's."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>|class=\"nr-cell\"[^>]*>(.*?)</a>", html, re.DOTALL)
    return [said for first, second in cells if (said := numbers(words(first or second)))]


def numbers(text: str) -> str:
    """The numbers of a text in their order."""
    return " ".join(re.findall(r"[+−-]?\d[\d.,]*", text))


def kept_figures() -> list[str]:
    """What the edition showed when it was kept."""
    lines = (KEPT / "figures.txt").read_text("utf-8").splitlines()
    return [said for line in lines if (said := numbers(line))]


# --- formats ---------------------------------------------------------------------------------------------------------


def test_there_is_a_kept_file_of_every_format() -> None:
    assert {path.name for path in KEPT.glob("format-*.json")} == {
        f"format-{number}.json" for number in range(1, FORMAT + 1)
    }


@pytest.mark.guards("Figures: old editions are read for ever")
@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_an_edition_of_every_format_is_read_and_shows_its_figures(
    town: Path, tmp_path: Path, number: int
) -> None:
    (town / FROZEN).parent.mkdir(parents=True)
    shutil.copy(KEPT / f"format-{number}.json", town / FROZEN)
    shutil.copy(KEPT / "2024.md", town / EDITION)
    html = page(build(town, tmp_path / "site"))
    assert figures(html) == kept_figures()


def test_what_is_published_today_is_the_newest_format_and_shows_the_same(town: Path, tmp_path: Path) -> None:
    publish(town)
    content = json.loads((town / FROZEN).read_text("utf-8"))
    assert content["format"] == FORMAT
    assert figures(page(build(town, tmp_path / "site"))) == kept_figures()


def test_every_component_says_the_same_from_what_is_kept_as_from_the_records(town: Path) -> None:
    """Whatever a component reads must be kept: a field that the format doesn't know shows here."""
    context = prepare(town, TODAY, drafts=True).contexts[0]
    edition = next(iter(context.site.editions.values()))
    calls, _found = find_calls(edition.text, edition.file)
    live = EditionCallSite(context, "", edition=edition)
    said = [render_call(call, live, Position(""), REPORT_COMPONENTS) for call in calls]
    kept = from_json(json.loads(json.dumps(to_json(freeze(context, live.used)))))
    here = EditionCallSite(thawed(context, kept), "", edition=edition, frozen=kept)
    for call, before in zip(calls, said, strict=True):
        again = render_call(call, here, Position(""), REPORT_COMPONENTS)
        assert words(str(again[0])) == words(str(before[0])), call
        assert again[1] == before[1] == []
    assert any("auf der Kleinen Insel" in str(html) for html, _problems in said)


def test_what_is_read_is_written_again_as_it_was() -> None:
    content = json.loads((KEPT / f"format-{FORMAT}.json").read_text("utf-8"))
    for cell in content["data"]["series"]["arm"]["cells"]:
        cell.pop("note", None)  # earlier versions kept it, no reader saw it
    assert json.loads(json.dumps(to_json(from_json(content["data"])))) == content["data"]


def test_the_file_holds_nothing_that_no_reader_sees(town: Path) -> None:
    """Of the records only what an edition says: no thresholds, no sizes, no ids of offers, no rhythm of updates."""
    publish(town)
    text = (town / FROZEN).read_text("utf-8")
    for name in ("disclosure", "threshold", "bounds", "overlaps", "children", "updated", "krabbelgruppe"):
        assert name not in text, name


@pytest.mark.guards("Figures: old editions are read for ever")
def test_a_file_of_a_later_version_is_told_as_such(town: Path) -> None:
    publish(town)
    content = json.loads((town / FROZEN).read_text("utf-8")) | {"format": FORMAT + 1}
    del content["digest"]
    content["digest"] = frozen_module.digest(content)
    (town / FROZEN).write_text(json.dumps(content), "utf-8")
    found = [item for item in prepare(town, TODAY).found if item.severity == "error"]
    assert [(item.code, item.position.file) for item in found] == [("ausgabe-format-neuer", FROZEN)]


# --- the program changes ---------------------------------------------------------------------------------------------


class _MoreFacts(frozen_module.SpaceFacts, frozen=True, kw_only=True):
    density: float
    schools: tuple[str, ...]


class _MoreCell(frozen_module.Cell, frozen=True, kw_only=True):
    weight: int
    reasons: dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _MoreSeries(frozen_module.Series):
    shares: tuple[str, ...] | None
    judged: bool


class _MoreComparison(frozen_module.Comparison, frozen=True, kw_only=True):
    margin: float


class _MoreChange(frozen_module.Change, frozen=True, kw_only=True):
    margin: float | None


LATER: dict[str, Any] = {
    "SpaceFacts": _MoreFacts,
    "Cell": _MoreCell,
    "Series": _MoreSeries,
    "Comparison": _MoreComparison,
    "Change": _MoreChange,
    **{
        name: create_model(f"More{name}", __base__=getattr(frozen_module, name), wanted=(str, ...))
        for name in ("Indicator", "Space", "DataSource", "Figure", "Break", "Breakdown", "Term")
    },
}
"""Records of the program that got fields which every record must have."""


@pytest.mark.parametrize("name", [*LATER, "all"])
def test_a_new_field_of_the_program_changes_no_published_edition(
    monkeypatch: pytest.MonkeyPatch, demo: Project, name: str
) -> None:
    assert demo.site is not None
    known = {"spaces": set(demo.site.spaces), "indicators": set(demo.site.indicators)}
    disk, folder = Disk(ROOT), ROOT / "resources/editions"
    before, found = read_editions(disk, demo.pages, folder, known)
    assert not found
    kept = {key: to_json(edition.frozen) for key, edition in before.items() if edition.frozen is not None}
    assert len(kept) == 2
    for one in LATER if name == "all" else [name]:
        monkeypatch.setattr(frozen_module, one, LATER[one])
    after, found = read_editions(disk, demo.pages, folder, known)
    assert not found
    again = {key: to_json(edition.frozen) for key, edition in after.items() if edition.frozen is not None}
    assert again == kept


def test_a_town_turned_upside_down_changes_no_word_of_an_edition(town: Path, tmp_path: Path) -> None:
    publish(town)
    before = build(town, tmp_path / "before")
    text = words(page(before))
    table = (before / "berichte/bericht-ost/2024/zahlen.csv").read_bytes()
    for folder in ("offers", "indicators", "places"):
        shutil.rmtree(town / "resources" / folder)
    (town / "resources/glossary.yml").unlink()
    for space in ("west", "ost"):
        (town / f"resources/spaces/{space}.yml").unlink()
    (town / "resources/spaces/kleinstadt.yml").write_text("name: Großstadt\nlevel: bezirk\n", "utf-8")
    config = town / "site_config.yml"
    config.write_text(
        config.read_text("utf-8")
        .replace("id: quartier\n", "id: verwaltung\n")
        .replace(
            "[{id: stadt, name: Stadt}, {id: quartier, name: Quartier}]", "[{id: bezirk, name: Stadtbezirk}]"
        ),
        "utf-8",
    )
    found = build_site(prepare(town, TODAY), tmp_path / "after", write_site)
    assert not [item for item in found if item.severity == "error" or item.code == "verweis-ins-leere"]
    after = tmp_path / "after"
    assert words(page(after)) == text
    assert (after / "berichte/bericht-ost/2024/zahlen.csv").read_bytes() == table


# --- publishing ------------------------------------------------------------------------------------------------------


def sliver(root: Path) -> None:
    """Give `west` a second part, 130 metres long and a centimetre wide: ground, but none that six decimals can hold."""
    path = root / "resources/geometry/gebiete.geojson"
    ring = "[[[10.0, 53.7], [10.01, 53.7], [10.01, 53.71], [10.0, 53.71], [10.0, 53.7]]]"
    thin = "[[[10.002, 53.72], [10.004, 53.72], [10.004, 53.7200001], [10.002, 53.7200001], [10.002, 53.72]]]"
    text = path.read_text("utf-8").replace(
        f'"Polygon", "coordinates": {ring}', f'"MultiPolygon", "coordinates": [{ring}, {thin}]'
    )
    assert thin in text
    path.write_text(text, "utf-8")


def test_a_boundary_that_rounding_would_break_is_published_and_built(town: Path, tmp_path: Path) -> None:
    sliver(town)
    publish(town)
    assert 'id="karte-' in page(build(town, tmp_path / "site"))


def test_a_boundary_that_was_frozen_broken_is_still_drawn(town: Path, tmp_path: Path) -> None:
    """So the first version wrote them."""
    publish(town)
    content = json.loads((town / FROZEN).read_text("utf-8"))
    content["data"]["shapes"]["west"] = (
        "MULTIPOLYGON (((10 53.7, 10.01 53.7, 10.01 53.71, 10 53.71, 10 53.7)),"
        "((10.002 53.705, 10.004 53.705, 10.004 53.705, 10.002 53.705)))"
    )
    del content["digest"]
    content["digest"] = frozen_module.digest(content)
    old, new = (town / FROZEN).read_bytes(), json.dumps(content)
    (town / FROZEN).write_text(new, "utf-8")
    log = (town / LOG).read_text("utf-8")
    (town / LOG).write_text(log.replace(digest_of(FROZEN, old), digest_of(FROZEN, new.encode())), "utf-8")
    assert 'id="karte-' in page(build(town, tmp_path / "site"))


@pytest.mark.guards("Figures: a failing edition leaves everything as it was")
@pytest.mark.parametrize("step", ["document", "edition_files", "write_pdf", "plan_site"])
def test_what_fails_while_an_edition_is_made_leaves_everything_as_it_was(
    town: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError("float division by zero")

    before = files_of(town)
    monkeypatch.setattr(rehearsal, "why_no_pdf", lambda: "")
    monkeypatch.setattr(rehearsal, step, fail)
    result = run("publish", town / EDITION, "-p", town)
    assert result.exit_code == 3
    assert "Das ist ein Fehler von Nahraum, nicht von Ihnen." in result.output
    assert EDITION in result.output
    assert "Traceback" not in result.output
    assert files_of(town) == before


def test_programs_read_what_was_found_and_nothing_else(town: Path) -> None:
    file = town / EDITION
    said = run("publish", file, "-p", town, "-f", "json")
    assert (json.loads(said.stdout), "ist veröffentlicht" in said.stderr) == ([], True)
    file.write_text(file.read_text("utf-8") + "\nEin Wort.\n", "utf-8")
    said = run("publish", file, "-p", town, "--correction", "Ein Wort.", "-f", "json")
    assert (json.loads(said.stdout), "Berichtigung vermerkt" in said.stderr) == ([], True)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("state: draft", 'state: "draft"  # bis Montag'),
        lambda text: text.replace("state: draft\n", ""),
        lambda text: text.replace("state: draft\n", "").replace("\n", "\r\n"),
        lambda text: text.replace("state: draft", "state:   in-review"),
    ],
)
def test_publishing_changes_nothing_of_the_text_but_its_state(town: Path, change: Any) -> None:
    source = change((town / EDITION).read_text("utf-8"))
    (town / EDITION).write_bytes(source.encode())
    publish(town)
    after = (town / EDITION).read_bytes().decode()
    lines = [line for line in after.split("\n") if not line.startswith("state:")]
    assert lines == [line for line in source.split("\n") if not line.startswith("state:")]
    assert re.findall(r"^state: +published(?:  # bis Montag)?\r?$", after, re.MULTILINE)
    assert not has_errors(prepare(town, TODAY).found)


def test_a_correction_that_breaks_a_component_is_refused(town: Path) -> None:
    publish(town)
    file = town / EDITION
    file.write_text(file.read_text("utf-8").replace("show='of'", "show='off'"), "utf-8")
    before = files_of(town)
    result = run("publish", file, "-p", town, "--correction", "Ein Wort.")
    assert result.exit_code == 1
    assert "baustein-verweis" in result.output
    assert files_of(town) == before
