"""What the page of a budget says: the formula with its numbers, both readings, and that claims are never capped."""

import re
from pathlib import Path

import lxml.html
import pytest

from generator.pipeline.build import prepare
from generator.subjects.budgets.page import amount_text
from tests.budget_town import BUDGET, TODAY, town
from tests.chance import whole
from tests.conftest import words_of

ESSEN = "berichte/budgets/hilfen-zur-erziehung"


@pytest.fixture(scope="module")
def essen(built_examples: dict[str, Path]) -> Path:
    return built_examples["essen"]


def test_a_reader_can_follow_the_money_from_the_total_to_the_pots(essen: Path) -> None:
    text = words_of(essen, ESSEN)
    # 24,000,000 less 1,800,000, less 3 per cent of what is left then.
    assert "Betrag Euro: 24.000.000,00" in text
    assert "Euro: −1.800.000,00" in text
    assert "Regel: 3 % von dem, was dann noch da ist Euro: −666.000,00" in text
    assert "wird verteilt Euro: 21.534.000,00" in text
    assert "Regel: 35 % von 60 % = 21 % Euro: 4.522.140,00" in text
    assert "Regel: 100 % − 60 % = 40 % Euro: 8.613.600,00" in text
    assert "Die Reihenfolge, in der etwas vorab abgeht, ist Teil der Regel." in text


def test_both_orders_of_what_comes_off_first_are_there(demo_site: Path) -> None:
    """By hand: 5 % of 640.000 are 32.000, and with the fixed 96.000 off 512.000 are left; in the town's order it is 516.800."""
    said = words_of(demo_site, "berichte/budgets/sozialraummittel-2027")
    assert "wird verteilt" in said
    assert "516.800,00" in said
    other = re.search(r"In umgekehrter Reihenfolge würden 512\.000 € verteilt: (.*?)€\.", said)
    assert other is not None
    amounts = [
        int(digits.replace(".", "").replace(",", "")) for digits in re.findall(r"[\d.]+,\d\d", other[1])
    ]
    assert sum(amounts) == 51_200_000


def test_sub_budgets_say_their_share_and_what_they_come_to(demo_site: Path) -> None:
    """65, 25 and 10 per cent of 516,800 euros."""
    text = words_of(demo_site, "berichte/budgets/sozialraummittel-2027")
    for said in (
        "Anteil: 65 % Euro: 335.920,00",
        "Anteil: 25 % Euro: 129.200,00",
        "Anteil: 10 % Euro: 51.680,00",
    ):
        assert said in text


def test_bars_say_what_the_table_says_and_what_was_spent_before(demo_site: Path) -> None:
    page = lxml.html.parse(demo_site / "berichte/budgets/sozialraummittel-2027/index.html").getroot()
    [chart] = page.xpath("//svg[title[@id='betraege-balken-t']]")
    bars = {row.xpath("string(./text[1])"): row for row in chart.xpath("./g")}
    rows = {
        row.xpath("string(th)"): row.xpath("td")
        for row in page.xpath("//table[@id='budget-betraege']/tbody/tr")
    }
    assert {*bars} == {*rows} - {"zusammen"}
    for name, bar in bars.items():
        gets, spent, change = (int(cell.get("data-sort")) for cell in rows[name][:3])
        said = bar.xpath("string(./text[2])").replace(".", "").replace("\u00a0", " ")
        assert said == f"{round(gets / 100)} € ({'+' if change > 0 else '−'}{abs(round(change / 100))})"
        width = float(bar.xpath("./rect/@width")[0].rstrip("%"))
        [before] = bar.xpath("./line[@class='nr-chart__before']/@x1")
        assert float(before.rstrip("%")) / width == pytest.approx(spent / gets, abs=0.005)


def test_the_rule_says_itself(essen: Path) -> None:
    text = words_of(essen, ESSEN).replace("\u2060", "")
    assert "Gerechnet ist mit dem Kehrwert" in text


def test_both_readings_stand_beside_each_other(essen: Path) -> None:
    text = words_of(essen, ESSEN)
    assert "Mehrere Lesarten stehen nebeneinander; keine ist hier gewählt." in text
    # 40 points are left, 10 at a time.
    assert "ein Sprung im Jahr Jedes Jahr 10 Punkte mehr: 100 % nach 4 Jahren." in text
    assert "ein Sprung im Vierteljahr Jedes Vierteljahr 10 Punkte mehr: 100 % nach 1 Jahr." in text


def test_what_was_made_up_is_marked_at_every_table_and_what_is_known_is_not(essen: Path) -> None:
    html = (essen / ESSEN / "index.html").read_text("utf-8")
    captions = {
        id: " ".join(re.sub(r"<[^>]+>", "", caption).split())
        for id, caption in re.findall(r'<caption id="budget-([^"]+)-titel">(.*?)</caption>', html, re.DOTALL)
    }
    assert [*captions] == ["betraege"]
    assert [id for id, words in captions.items() if not words.endswith("(erfunden)")] == []
    lists = [" ".join(words.split()) for words in re.findall(r"<p><strong>([^<]*)</strong></p>\s*<dl", html)]
    assert lists == ["Vom Betrag zu den Töpfen (erfunden)"]
    assert "Diese Beträge sind erfunden, zur Veranschaulichung" in words_of(essen, ESSEN)


def test_claims_are_never_capped_and_the_three_levels_stand_apart(essen: Path, demo_site: Path) -> None:
    claims, quarter = words_of(essen, ESSEN), words_of(demo_site, "berichte/budgets/sozialraummittel-2027")
    for text in (claims, quarter):
        assert "Kein Budget begrenzt den Anspruch einer Familie auf Hilfe." in text
        assert "Einzelne Ansprüche sind nie gedeckelt." in text
        # What a city has ruled for itself is no fact of other towns.
        assert "Globalrichtlinie" not in text
    assert "Dieser Betrag ist eine Schätzung." in claims
    assert "erwartet 11.400.000 €, ohne Obergrenze" in quarter
    assert "Hilfen für einzelne Menschen bezahlt es nicht." in quarter


def test_a_weight_by_migration_stands_with_its_source_and_its_criticism(essen: Path) -> None:
    text = words_of(essen, ESSEN)
    assert "Herkunft: Die Kennzahl nennt der Bericht. Das Gewicht ist erfunden." in text
    assert "Kritik: Herkunft ist kein Bedarf." in text


def test_on_a_phone_every_number_has_its_column_s_name_beside_it(demo_site: Path) -> None:
    html = (demo_site / "berichte/budgets/sozialraummittel-2027/index.html").read_text("utf-8")
    tables = re.findall(r'<div class="nr-table nr-table--listed".*?</table>', html, re.DOTALL)
    assert len(tables) == 1
    for table in tables:
        assert "<td" in table
        assert all('data-label="' in cell for cell in re.findall(r"<td[^>]*>", table))


def test_budgets_are_found_from_the_reports_and_the_data(demo_site: Path) -> None:
    reports = (demo_site / "berichte/index.html").read_text("utf-8")
    assert 'href="budgets/sozialraummittel-2027/"' in reports
    data = (demo_site / "daten/index.html").read_text("utf-8")
    assert 'href="budgets/sozialraummittel-2027.xlsx"' in data
    assert (demo_site / "en/berichte/budgets/sozialraummittel-2027/index.html").exists()


@whole
def test_the_internal_site_has_the_page_and_no_files(internal_site: Path) -> None:
    assert "Was jedes Gebiet bekommt" in words_of(internal_site, "berichte/budgets/sozialraummittel-2027")
    assert not (internal_site / "daten/budgets").exists()


def test_an_amount_for_two_years_says_that_it_is_for_each(tmp_path: Path) -> None:
    for years, starts in (("[2026]", ""), ("[2026, 2027]", "im Jahr ")):
        record = re.sub(r"years: .*", f"years: {years}", BUDGET)
        project = prepare(town(tmp_path / years[1:-1], {"resources/budgets/raumgeld.yml": record}), TODAY)
        context = project.contexts[0]
        budget = context.site.records("budgets")["raumgeld"]
        assert amount_text(context, budget) == starts + context.texts.euros(budget.total)
