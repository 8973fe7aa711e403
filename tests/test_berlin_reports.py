"""Real figures on real areas: population 2021 and 2024 and a social monitoring become report pages."""

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.model.cells import Verdict
from generator.pipeline.build import Project, build_site, prepare
from tests.berlin import TABLE, imports, lay_ground
from tests.chance import whole
from tests.conftest import TODAY
from tests.open_data import REAL, real

pytestmark = [whole, real(TABLE)]

POPULATION = """\
title: Einwohner/innen
says: So viele Menschen sind hier gemeldet.
numerator: Menschen mit Hauptwohnung
unit: Menschen
decimals: 0
interval: none
population: yes
disclosure: {method: published, small_in_source: {date: 2026-11-02, office: Planung}}
source: {name: Amt für Statistik Berlin-Brandenburg, licence: CC BY 3.0 DE, regime: delivered}
"""
YOUNG = """\
title: Kinder unter 6 Jahren
says: Von 100 Menschen sind so viele jünger als 6 Jahre.
numerator: Kinder unter 6
denominator: Menschen mit Hauptwohnung
disclosure: {method: published, small_in_source: {date: 2026-11-02, office: Planung}}
source: {name: Amt für Statistik Berlin-Brandenburg, licence: CC BY 3.0 DE, regime: delivered}
"""
MONITORING = """\
title: Arbeitslosigkeit nach dem Monitoring
says: Von 100 Menschen im Erwerbsalter sind so viele arbeitslos.
numerator: Anteil arbeitsloser Menschen
unit: "%"
decimals: 1
interval: none
disclosure: {method: none}
source: {name: Monitoring Soziale Stadtentwicklung 2021, regime: delivered}
"""


def rows(data: Path, name: str) -> Iterator[dict[str, str]]:
    with (data / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def write_indicator(project: Path, key: str, definition: str, lines: list[str]) -> None:
    folder = project / "resources" / "indicators" / key
    folder.mkdir(parents=True)
    (folder / "indicator.yml").write_text(definition, encoding="utf-8")
    (folder / "values.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


LEVELS = (1, 12, 58, 143, 542)
"""How many areas each level has."""
TOTALS = {"2021": 3_775_480, "2024": 3_897_145}
VERDICTS = (293, 247, 2)
"""How many areas stand out when it counts how many are compared, how many don't, and of how many it can't be told: one by one 316 would, about 27 of them by chance."""
INVALID = 6
"""Rows of the monitoring that are no values."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The areas by the import that a town uses, and three indicators from the published tables."""
    root = tmp_path_factory.mktemp("stadt") / "berlin"
    root.mkdir()
    lay_ground(root)
    for arguments in imports(REAL, root):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output[-2000:]
    people, young = ["space,period,numerator"], ["space,period,numerator,denominator"]
    for year in ("2021", "2024"):
        for row in rows(REAL, f"berlin_population/berlin-lor-population-{year}-02-t2-planning-areas.csv"):
            people.append(f"{row['id']},{year},{row['inhabitants']}")
            young.append(f"{row['id']},{year},{row['inhabitants_age_below_6']},{row['inhabitants']}")
    monitoring = ["space,period,numerator,status,note"]
    for row in rows(REAL, "berlin_mss_2021/mss_2021.csv"):
        valid = row["SI_N"].strip().isdigit()
        monitoring.append(
            f"{row['PLR_ID']},2021,{row['S1'] if valid else ''},{'' if valid else 'x'},{'' if valid else 'ungültig: zu wenige Menschen oder Ausreißer'}"
        )
    write_indicator(root, "bevoelkerung", POPULATION, people)
    write_indicator(root, "unter-6", YOUNG, young)
    write_indicator(root, "arbeitslosigkeit", MONITORING, monitoring)
    project = prepare(root, TODAY)
    assert not has_errors(project.found), [item for item in project.found if item.severity == "error"][:5]
    return project


@pytest.fixture(scope="module")
def site(city: Project) -> Path:
    target = city.root.parent / "site"
    build_site(city, target, write_site)
    return target


def page(site: Path, key: str) -> str:
    return (site / "berichte" / key / "index.html").read_text(encoding="utf-8")


def test_the_city_is_the_sum_of_its_areas_in_both_years(city: Project) -> None:
    facts = city.facts
    assert facts is not None
    series = facts.series["bevoelkerung"]
    whole = facts.roots[0]
    assert {period: series.cells[whole, period, ()].numerator for period in series.periods} == TOTALS
    assert len(series.spaces) == sum(LEVELS)
    for level in ("districts", "forecast-areas", "district-regions"):
        for row in rows(REAL, f"berlin_population/berlin-lor-population-2024-02-t2-{level}.csv"):
            assert series.cells[row["id"], "2024", ()].numerator == int(row["inhabitants"]), (
                level,
                row["id"],
            )


def test_verdicts_go_by_the_citys_counts_and_by_how_many_are_compared(city: Project) -> None:
    facts = city.facts
    assert facts is not None
    series = facts.series["unter-6"]
    areas = [key for key, space in facts.spaces.items() if space.depth == 4]
    verdicts = Counter(series.comparisons[key, "2024", ()].verdict for key in areas)
    notable = verdicts[Verdict.HIGHER] + verdicts[Verdict.LOWER]
    assert (notable, verdicts[Verdict.SIMILAR], verdicts[Verdict.UNKNOWN]) == VERDICTS


def test_the_map_has_all_areas_and_the_page_weighs_little(site: Path, city: Project) -> None:
    text = page(site, "unter-6")
    assert {"2021", "2024"} <= set(re.findall(r"\b20\d\d\b", text))
    classes = dict(re.findall(r'<path id="karte-report-unter-6-(\d{8})" class="nr-class--(\w+)"', text))
    assert len(classes) == LEVELS[-1]
    assert len({step for step in classes.values() if step.isdigit()}) >= 3
    wanted = {site / "berichte" / "unter-6" / "index.html"}
    for link in re.findall(r'(?:href|src)="([^"?]+\.(?:css|js|svg))(?:[?][^"]*)?"', text):
        wanted.add((site / "berichte" / "unter-6" / unescape(link)).resolve())
    # Two maps of all areas: first ▲ and ▼, then the shades.
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in wanted) <= 185_000


def test_invalid_rows_of_the_monitoring_are_named_and_never_values(site: Path, city: Project) -> None:
    invalid = {
        row["PLR_ID"]: row["PLR_NAME"]
        for row in rows(REAL, "berlin_mss_2021/mss_2021.csv")
        if not row["SI_N"].strip().isdigit()
    }
    assert len(invalid) == INVALID
    assert city.facts is not None
    series = city.facts.series["arbeitslosigkeit"]
    assert all(series.cells[key, "2021", ()].value is None for key in invalid)
    text = page(site, "arbeitslosigkeit")
    for key, name in invalid.items():
        found = [row for row in re.findall(r"<tr>.*?</tr>", text, re.DOTALL) if f"sozialraeume/{key}/" in row]
        assert found, name
        for row in found:
            assert name in row
            assert not re.search(r"\d", re.sub(r"<[^>]*>", " ", row.split("</th>", 1)[1])), row
    assert text.count("nicht sinnvoll") >= INVALID
    assert "Ausreißer" not in text  # a cell's own note stays in the table
