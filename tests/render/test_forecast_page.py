"""The page of a forecast: its numbers by hand, places by the town's plan, what was made up says so."""

import datetime as dt
import re
from pathlib import Path

import lxml.html

from generator.pipeline.build import prepare
from generator.render.base.context import Context
from generator.render.pages import figure_pages, reports_home
from generator.subjects.forecasts import page as forecast
from tests.budget_town import CONFIG, TODAY
from tests.derive.test_forecasts import AROUND, LEAD, NORD, OFFER, OFFICIAL, RECORD, rows, written

ALL = rows(NORD, "nord") + rows(NORD, "mitte") + rows(NORD, "sued")
BUDGET = {
    "resources/budgets/raumgeld.yml": "name: Geld\nyears: [2026]\ntotal: 1\npays_for: quarter\nlevel: raum\nweights: [{indicator: flaeche, weight: 100 %}]\n"
}


def context_of(folder: Path, record: str = RECORD, config: str = "", **files: str) -> Context:
    if config:
        files["site_config.yml"] = CONFIG + config
    project = prepare(written(folder, record, table=ALL, **BUDGET, **files), TODAY)
    assert project.contexts, project.found
    return project.contexts[0]


def body(context: Context) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(str(forecast.render(context, "ganztag").body))


def texts(page: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(" ".join(item.itertext()).split()) for item in page.xpath(path)]


def table(page: lxml.html.HtmlElement, id: str) -> list[list[str]]:
    return [texts(row, "th|td") for row in page.xpath(f"//table[@id='{id}']/tbody/tr")]


def test_the_years_ahead_with_claim_and_need(tmp_path: Path) -> None:
    """Three areas alike: 645 would be there, and 105 of 170 who were six left (165 of 170 stayed); see the tests of the reckoning."""
    assert table(body(context_of(tmp_path)), "vorausberechnung-jahre") == [
        ["2025, gezählt", "558", "–", "–", "279"],
        ["2026", "636 614 bis 661", "645", "330 330 bis 330, 6 Jahre", "318 307 bis 330"],
        ["2027", "689 657 bis 725", "690", "689 657 bis 725, 6 bis 7 Jahre", "344 329 bis 362"],
    ]


def test_without_moves_nothing_is_said_of_a_spread_and_of_moves(tmp_path: Path) -> None:
    """Counts two years apart tell nothing of who came and went: the picture has no lines that a legend could explain."""
    head = "space,period,alter,numerator,denominator,status,note\n"
    apart = head + ALL.replace(",2024,", ",2021,")
    files = {"resources/indicators/jahrgaenge/values.csv": apart}
    page = " ".join(texts(body(context_of(tmp_path, **files)), "//main|//*"))
    assert "Ohne Umzüge gerechnet" in page
    assert not any(words in page for words in ("Senkrechte Striche", "Dazu kommt"))
    assert "Senkrechte Striche" in " ".join(texts(body(context_of(tmp_path / "b")), "//*"))


def test_on_a_phone_a_label_keeps_its_number_and_percent_in_one_piece(tmp_path: Path) -> None:
    labels = body(context_of(tmp_path)).xpath("//table[@id='vorausberechnung-jahre']//@data-label")
    assert any("\u00a0%" in label for label in labels)
    assert not any(" %" in label for label in labels)


def test_places_of_entries_stand_beside_no_need(tmp_path: Path) -> None:
    """What is needed stands beside the town's plan with its date; without one it is said that there is none."""
    offer = {"resources/offers/eins.yml": OFFER.format(kind="betreuung", ages="6-7", more="")}
    page = body(context_of(tmp_path / "a", **AROUND, **offer))
    # The entry states 40.
    assert not re.search(r"\b40\b", page.text_content())
    assert "nicht hinterlegt" in page.text_content()
    plan = "plan: {places: 300, date: 2026-05-02, source: Ganztagsplan}\n"
    planned = body(context_of(tmp_path / "b", RECORD + plan, **AROUND, **offer))
    assert "Plätze nach „Ganztagsplan“: 300 (Stand 2. Mai 2026)." in texts(planned, "//p")


def test_of_two_forecasts_one_leads_and_the_other_says_why_it_differs(tmp_path: Path) -> None:
    """On the page of either, and on the home of reports."""
    values = "space,period,numerator,denominator,status,note\n" + "".join(
        f"{key},{year},{count},,,\n"
        for key in ("nord", "mitte", "sued")
        for year, count in ((2025, 186), (2027, 150))
    )
    files = {
        "resources/indicators/amt/indicator.yml": OFFICIAL,
        "resources/indicators/amt/values.csv": values,
    }
    context = context_of(tmp_path / "a", RECORD + LEAD, **files)
    both = [
        str(forecast.render(context, "ganztag").body),
        str(figure_pages.render_indicator(context, "amt").body),
    ]
    pages = [" ".join(lxml.html.fromstring(f"<main>{page}</main>").text_content().split()) for page in both]
    decided = "Geplant wird mit „Ganztag“; das hat Planung am 8. Oktober 2026 entschieden."
    assert "„Vom Amt“ nennt für das Jahresende: 2027: 450 (239 weniger)." in pages[0]
    assert "„Ganztag“, nennt für 2027: 689." in pages[1]
    for said in pages:
        assert decided in said
        assert "Das Amt nimmt weniger Zuzug an." in said
    assert decided in lxml.html.fromstring(str(reports_home.render(context, "").body)).text_content()
    undecided = body(context_of(tmp_path / "b", **files)).text_content()
    assert "Womit geplant wird, ist nicht entschieden." in undecided


def test_words_in_another_language_are_marked_and_not_printed(tmp_path: Path) -> None:
    context = context_of(tmp_path, config="languages: [de, en]\n")
    english = next(one for one in prepare(tmp_path, TODAY).contexts if one.lang == "en")
    assert context.lang == "de"
    page = str(forecast.render(english, "ganztag").body)
    assert "&lt;span" not in page
    assert '<span lang="de">wie bisher</span>' in page


def test_an_assumption_that_was_made_up_says_so(tmp_path: Path) -> None:
    made_up = body(context_of(tmp_path, RECORD + "illustrative: [demand]\n"))
    assert "erfunden" in texts(made_up, "//table[@id='vorausberechnung-jahre']/caption")[0]


def test_reports_lead_there(tmp_path: Path) -> None:
    context = context_of(tmp_path)
    said = str(reports_home.render(context, "").body)
    assert "vorausberechnungen/ganztag/" in said
    assert "Am meisten Ende 2027: 689 Kinder (6 bis 7 Jahre), 657 bis 725, gezählt 2025: 558." in said
    assert "Ab 2027 haben alle einen Anspruch." in said
    later = prepare(tmp_path, dt.date(2027, 9, 1)).contexts[0]
    assert "Seit 2027 haben alle einen Anspruch." in str(reports_home.render(later, "").body)


def test_the_picture_says_what_the_table_says(tmp_path: Path) -> None:
    page = body(context_of(tmp_path))
    [chart] = page.xpath("//svg[title[@id='verlauf-t']]")
    said = chart.find("desc").text
    in_table = [row[1].split()[0] for row in table(page, "vorausberechnung-jahre")]
    assert [part.split(": ")[1] for part in said.rstrip(".").split("; ")][-3:] == in_table
    claims = chart.xpath(".//g[contains(@class, 'nr-chart__line--other')]//circle/title/text()")
    assert [claim.rsplit(": ")[-1] for claim in claims] == ["330", "689"]
