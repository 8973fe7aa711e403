"""A budget that rests on a secret figure shows no amount: not on its page, in no file."""

from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.budget_town import TODAY, indicator, table, town
from tests.conftest import words_of

SECRET = {
    "resources/indicators/kinder/indicator.yml": indicator(
        "Schulkinder", "adds_up: no", method="round-small, threshold: 5, minimum_population: 0"
    ),
    "resources/indicators/kinder/values.csv": table({"mitte": "500", "nord": ".", "sued": "."}),
}
PAGE = "berichte/budgets/raumgeld"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The town with a secret figure, and its site."""
    folder = town(tmp_path_factory.mktemp("stadt"), SECRET)
    site = folder.parent / "site"
    found = build_site(prepare(folder, TODAY), site, write_site)
    assert [item for item in found if item.severity == "error"] == []
    return folder, site


def test_the_page_says_which_figure_is_missing_where_and_shows_no_amount(built: tuple[Path, Path]) -> None:
    text = words_of(built[1], PAGE)
    assert "Dieses Budget wird nicht gerechnet" in text
    assert "Schulkinder, Nord und Süd, 2025: Die Zahl ist geheim." in text
    assert "Kein Budget begrenzt den Anspruch einer Familie auf Hilfe." in text
    assert "Was jedes Gebiet bekommt" not in text
    # The outflow of the areas stands in the record alone.
    for amount in ("20.000", "30.000", "25.000", "20000", "25000.5"):
        assert amount not in text
    assert not (built[1] / "daten/budgets").exists()
