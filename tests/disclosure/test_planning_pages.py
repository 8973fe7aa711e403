"""What planners read beside the figures: coverage, overview, packs, evaluations, budgets tell nothing of a secret count, and the audit reads them all."""

from pathlib import Path

import pytest

from tests.chance import whole
from tests.conftest import words_of
from tests.disclosure.test_site import run
from tests.disclosure.worlds import write_project
from tests.folders import files_of

DEFINITION = """\
title: Kinder in Hilfe
says: So viele Kinder bekommen eine Hilfe.
numerator: Kinder
unit: Kinder
decimals: 0
ages: 0-17
direction: none
interval: none
source: {name: Amt (erfunden), regime: own-cases}
"""
COUNTS = {"ahorn": 14, "birke": 3, "celtis": 22, "dorn": 2, "esche": 31}
EARLIER = {"ahorn": 11, "birke": 4, "celtis": 25, "dorn": 2, "esche": 29}
OTHERWISE = ({**COUNTS, "ahorn": 13, "birke": 4}, {**EARLIER, "ahorn": 12, "birke": 3})
"""One child more in a secret quarter and one less in another of its region, whose rounded count stays: all that is published stays."""
JAHRGAENGE = """
title: Kinder nach Alter
says: So viele Kinder sind es.
numerator: Kinder
unit: Kinder
decimals: 0
direction: none
interval: none
source: {name: Amt (erfunden), regime: delivered}
disclosure: {method: none}
no_indicator: Alle Kinder, aus dem Melderegister
breakdowns: [{id: alter, name: Alter, values: [{id: 5, name: fünf}, {id: 6, name: sechs}]}]
"""
RECORDS = {
    "resources/providers/verein.yml": "name: Verein\nkind: association\n",
    "resources/offers/treff.yml": "name: Treff\nsummary: Hier ist etwas los.\nkind: treff\nprovider: verein\nspaces: [birke]\ntopics: [krabbelgruppe]\nages: 3-10\nhours: Mo-Fr 14:00-18:00\ncost: free\ncapacity: {places: 12, date: 2026-10-01}\n",
    "resources/networks/ag.yml": "name: Runde im Norden\nkind: ag-78\nspaces: [birke, celtis]\nguarantee: {released: 2026-05-04, rules: [{topic: krabbelgruppe, ages: 3-6, days_per_week: 5}]}\n",
    "resources/evaluations/treff.yml": "name: Treff in Birke\narea: Birke\nspace: birke\ncompared_with: {name: Kleinstadt, space: kleinstadt}\nfrom: 2024-01-01\nuntil: 2025-12-31\njudged_by: Amt\nchanges:\n- {name: Kinder in Hilfe, indicator: hilfen, before: 2024, after: 2025}\n",
    "resources/budgets/raumgeld.yml": "name: Raumgeld\nyears: [2026]\ntotal: 100000\npays_for: quarter\nlevel: quartier\nweights: [{indicator: hilfen, weight: 100 %}]\n",
    "resources/agreements/vertrag.yml": "name: Vertrag\npartners: [verein]\nspaces: [birke]\nreleased: 2026-01-01\nuntil: 2027-12-31\n",
    "resources/indicators/jahrgaenge/indicator.yml": JAHRGAENGE,
    "resources/indicators/jahrgaenge/values.csv": "space,period,alter,numerator,denominator,status,note\n"
    + "".join(
        f"{key},{year},{age},{200 + 10 * age},,,\n"
        for key in COUNTS
        for year in (2024, 2025)
        for age in (5, 6)
    ),
    "resources/forecasts/ganztag.yml": "name: Ganztag bis 2026\nindicator: jahrgaenge\nages: 6-6\ntopic: ganztag\nuntil: 2026\ndemand: [{name: wie bisher, percent: 50, source: Schulamt}]\n",
    "resources/measures/ausbau.yml": "name: Ausbau\nneed: Plätze fehlen.\nspaces: [birke]\ntopics: [krabbelgruppe]\nowner: verein\n",
}
PAGES = (
    "berichte",
    "berichte/abdeckung",
    "berichte/abdeckung/birke",
    "berichte/auswertungen/treff",
    "berichte/budgets/raumgeld",
    "berichte/vorausberechnungen/ganztag",
    "berichte/massnahmen",
    "netzwerke/ag",
    "netzwerke/ag/sitzung",
    "sozialraeume/birke",
)


def built(folder: Path, now: dict[str, int], before: dict[str, int]) -> tuple[Path, Path]:
    project = write_project(folder / "projekt", DEFINITION)
    for name, text in RECORDS.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    raw = folder / "roh"
    raw.mkdir()
    rows = [
        f"{key},{year},{count}"
        for year, table in (("2024", before), ("2025", now))
        for key, count in table.items()
    ]
    (raw / "hilfen.csv").write_text("space,period,numerator\n" + "\n".join(rows) + "\n", "utf-8")
    for words in (
        ("protect", raw, "--project", project, "--date", "2026-03-01"),
        ("build", "--project", project, "--output", folder / "site", "--today", "2026-11-20"),
    ):
        result = run(*words)
        assert result.exit_code == 0, result.output
    return project, folder / "site"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return built(tmp_path_factory.mktemp("planung"), COUNTS, EARLIER)


def test_the_pages_are_there_and_keep_quiet(town: tuple[Path, Path]) -> None:
    _project, site = town
    for page in PAGES:
        assert words_of(site, page), page
    assert "nicht zu rechnen" in words_of(site, "berichte")


@whole
def test_other_secrets_change_no_byte(town: tuple[Path, Path], tmp_path: Path) -> None:
    project, site = town
    table = (project / "resources/indicators/hilfen/values.csv").read_text("utf-8")
    secret = {tuple(row.split(",")[:2]) for row in table.splitlines() if ",.," in f"{row},"}
    assert {("birke", "2024"), ("birke", "2025")} <= secret
    _, again = built(tmp_path, *OTHERWISE)
    assert files_of(site) == files_of(again)
