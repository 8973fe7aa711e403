"""The list of plans: costs that add up, what isn't there is said, what is overdue comes first."""

from pathlib import Path

import pytest
from lxml import html

from generator.pipeline.build import prepare
from generator.subjects.measures import page as measures
from tests.budget_town import TODAY, town
from tests.check.test_measures import AROUND, PATH, SOUND

COSTS = """costs:
- {name: Personal, amount: 1200.50, every: year, budget: raumgeld}
- {name: Miete, amount: 300, every: year, estimated: yes}
- {name: Küche, amount: 80, every: once, paid_from: Reserve}
"""
LATE = SOUND.replace("due: 2026-11", "due: 2026-10").replace("Ein Nachmittag", "Zweiter Nachmittag")
BARE = "name: Idee\nneed: Es fehlt etwas.\ntopics: [ganztag]\nowner: verein\n"


def shown(folder: Path, files: dict[str, str]) -> html.HtmlElement:
    project = prepare(town(folder, {**AROUND, **files}), TODAY)
    assert project.contexts, project.found
    return html.fromstring(f"<main>{measures.render(project.contexts[0], '').body}</main>")


def text(part: html.HtmlElement) -> str:
    return " ".join(part.text_content().replace("\u00a0", " ").split())


def facts(page: html.HtmlElement, key: str) -> dict[str, str]:
    (entry,) = page.xpath(f"//article[h3/@id='{key}']")
    return {text(row.find("dt")): text(row.find("dd")) for row in entry.find_class("nr-glance__row")}


def test_costs_are_added_and_named_one_by_one(tmp_path: Path) -> None:
    page = shown(tmp_path, {PATH: SOUND + COSTS, "resources/measures/zweiter.yml": LATE})
    costs = facts(page, "nachmittag")["Kosten"]
    assert costs.startswith("einmalig 80 € und im Jahr 1.500,50 €, zum Teil geschätzt")
    assert "Personal: 1.200,50 € im Jahr, Raumgeld" in costs
    assert "Miete: 300 € im Jahr, geschätzt" in costs
    assert facts(page, "zweiter")["Kosten"] == "noch nicht beziffert"
    said = text(page)
    assert (
        "kostet zusammen einmalig 80 € und im Jahr 1.500,50 €, zum Teil geschätzt. 1 davon ist noch nicht beziffert."
        in said
    )
    assert "Kein Betrag begrenzt den Anspruch einer Familie auf Hilfe." in said


def test_what_costs_nothing_is_not_what_nobody_knows(tmp_path: Path) -> None:
    free = SOUND + "costs: [{name: Raum, amount: 0, every: year}]\n"
    assert facts(shown(tmp_path, {PATH: free}), "nachmittag")["Kosten"].startswith("keine")


def test_an_estimate_of_all_is_none_of_a_part_and_a_review_that_nobody_entered_is_not_called_off(
    tmp_path: Path,
) -> None:
    guess = "status: decided\nfrom: 2026-02\ndecisions: [{by: ausschuss, date: 2026-01-15, result: approved}]\ncosts: [{name: Bus, amount: 200, every: year, estimated: yes}]\n"
    rows = facts(shown(tmp_path, {PATH: BARE + guess}), "nachmittag")
    assert rows["Kosten"].startswith("im Jahr 200 €, geschätzt")
    assert rows["Überprüfung"] == "Dazu ist nichts eingetragen."


def test_what_is_not_recorded_is_said(tmp_path: Path) -> None:
    rows = facts(shown(tmp_path, {"resources/measures/idee.yml": BARE}), "idee")
    assert rows["Beschluss"] == "Ein Beschluss ist nicht eingetragen."
    assert rows["Überprüfung"] == "Erst nach einem Beschluss."
    assert rows["Stimmen junger Menschen und Eltern"] == rows["Inklusion"] == "Dazu ist nichts eingetragen."


@pytest.mark.parametrize(
    ("offer", "said", "named"),
    [
        ("status: running", "läuft", "Treff"),
        ("status: paused", "läuft; das Angebot dazu im Verzeichnis: pausiert", "Treff"),
        ("status: ended\nuntil: 2026-10-01", "läuft; das Angebot dazu im Verzeichnis: beendet", "Treff"),
        ("", "läuft", "Welches Angebot daraus entstanden ist, ist nicht eingetragen."),
    ],
)
def test_a_running_measure_says_what_the_directory_knows_otherwise(
    tmp_path: Path, offer: str, said: str, named: str
) -> None:
    approved = (
        "status: running\nfrom: 2026-02\ndecisions: [{by: ausschuss, date: 2026-01-15, result: approved}]\n"
    )
    files = {PATH: BARE + approved}
    if offer:
        files[PATH] += "offers: [treff]\n"
        files["resources/offers/treff.yml"] = (
            f"name: Treff\nsummary: Wir treffen uns.\nkind: gruppe\nprovider: verein\ntopics: [ganztag]\nvisits: [nord]\n{offer}\n"
        )
    page = shown(tmp_path, files)
    (state,) = page.xpath("//article[h3/@id='nachmittag']/p/strong")
    assert text(state) == said
    assert facts(page, "nachmittag")["Angebote"].startswith(named)


def test_the_latest_decision_and_every_review_are_named(tmp_path: Path) -> None:
    rows = facts(shown(tmp_path, {PATH: SOUND}), "nachmittag")
    assert rows["Beschluss"] == (
        "Ausschuss, 3. Dezember 2026: Beratung steht aus "
        "Ausschuss, 24. September 2026: mit Änderungen beschlossen"
    )
    assert rows["Überprüfung"] == "geprüft: Juli 2026. Die Kinder kommen gern. bis November 2026, Amt"
    assert rows["Zeitraum"] == "Februar 2027 bis 2028"


def test_what_is_overdue_comes_first_and_says_so(tmp_path: Path) -> None:
    page = shown(tmp_path, {PATH: SOUND, "resources/measures/zweiter.yml": LATE})
    names = [text(head) for head in page.iter("h3")]
    assert names == ["Zweiter Nachmittag Überprüfung überfällig seit Oktober 2026", "Ein Nachmittag"]


@pytest.mark.parametrize(
    ("status", "result", "said"),
    [
        ("proposed", "recommended", "empfohlen"),
        ("proposed", "referred", "an ein anderes Gremium verwiesen"),
        ("proposed", "postponed", "vertagt"),
        ("decided", "approved", "beschlossen"),
        ("decided", "conditional, condition: vorbehaltlich des Haushalts", "unter Vorbehalt beschlossen"),
        ("decided", "limited, until: 2027-12-31", "befristet beschlossen"),
        ("dropped", "rejected", "abgelehnt"),
        ("dropped", "approved", "nicht weiter verfolgt"),
        ("dropped", "postponed", "nicht weiter verfolgt"),
        ("running", "conditional, condition: vorbehaltlich des Haushalts", "läuft"),
    ],
)
def test_each_state_has_a_word_of_its_own(tmp_path: Path, status: str, result: str, said: str) -> None:
    record = SOUND.replace("status: decided", f"status: {status}").replace(
        "result: changed", f"result: {result}"
    )
    page = shown(tmp_path, {PATH: record})
    assert text(page.xpath("//article/p[1]/strong")[0]) == said


def test_money_out_of_a_budget_is_named_as_counted_there(tmp_path: Path) -> None:
    assert "Davon kommen im Jahr 1.200,50 € aus Budgets" in text(shown(tmp_path, {PATH: SOUND + COSTS}))
    assert "aus Budgets" not in text(shown(tmp_path / "b", {PATH: SOUND}))


def test_the_sum_says_what_is_not_in_it(tmp_path: Path) -> None:
    said = text(shown(tmp_path, {PATH: SOUND + COSTS}))
    assert "In der Summe fehlt, was nur vorgeschlagen ist und was in Vereinbarungen steht." in said


def test_of_what_was_rejected_nobody_waits_for_its_costs(tmp_path: Path) -> None:
    day = "status: dropped\ndecisions: [{by: ausschuss, date: 2026-03-01, result: rejected}]\n"
    page = shown(tmp_path, {"resources/measures/nein.yml": BARE + day})
    assert "Kosten" not in facts(page, "nein")


def drawn(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """Return the rows of the line of time by their names."""
    [chart] = page.xpath("//svg[title[@id='zeit-t']]")
    rows = chart.xpath("./g")
    return {" ".join(row.xpath("./text[contains(@class, 'nr-chart__name')]//text()")): row for row in rows}


def marks(row: html.HtmlElement) -> set[str]:
    """Return the kinds of signs that stand in a row."""
    return {name.rpartition("--")[2] for name in row.xpath(".//path[contains(@class, 'nr-mark')]/@class")}


def test_on_the_line_of_time_only_what_is_decided_has_a_bar(tmp_path: Path) -> None:
    start = "from: 2026-02\nuntil: 2027-03\n"
    decided = "decisions: [{by: ausschuss, date: 2026-03-01, result: RESULT}]\n"
    files = {"idee": BARE + start}
    looks = {
        "approved": ("nr-chart__bar nr-chart__bar--decided", {"approved"}),
        "conditional": ("nr-chart__bar nr-chart__bar--limited", {"qualified", "approved"}),
        "limited": ("nr-chart__bar nr-chart__bar--limited", {"qualified", "approved"}),
    }
    more = {"conditional": ", condition: Haushalt", "limited": ", until: 2027-03-31"}
    for result in looks:
        day = decided.replace("RESULT", result + more.get(result, ""))
        record = BARE.replace("Idee", result) + start + "status: decided\n" + day
        files[result] = record
    files["nein"] = (
        BARE.replace("Idee", "Nein") + start + "status: dropped\n" + decided.replace("RESULT", "rejected")
    )
    page = shown(tmp_path, {f"resources/measures/{key}.yml": record for key, record in files.items()})
    rows = drawn(page)
    for result, (look, signs) in looks.items():
        assert rows[result].xpath("./rect/@class") == [look]
        assert marks(rows[result]) == signs
    assert rows["Idee"].xpath("./rect") == []
    assert rows["Nein"].xpath("./rect") == []
    assert marks(rows["Nein"]) == {"rejected"}


def test_on_the_line_of_time_days_stand_in_their_order(tmp_path: Path) -> None:
    row = next(iter(drawn(shown(tmp_path, {PATH: SOUND})).values()))
    places = [float(place.rstrip("%")) for place in row.xpath("./svg/@x")]
    assert places == sorted(places)
    assert len(set(places)) == 4
    assert row.xpath("./svg/title/text()")[0].startswith("geprüft: Juli 2026")


def test_what_is_recommended_what_waits_and_what_was_put_off_are_different_signs(tmp_path: Path) -> None:
    results = {
        "recommended": "recommended",
        "": "pending",
        "postponed": "moved",
        "referred": "moved",
        "rejected": "rejected",
    }
    files = {}
    for number, result in enumerate(results):
        said = f", result: {result}" if result else ""
        day = f"decisions: [{{by: ausschuss, date: 2026-03-01{said}}}]\n"
        files[f"resources/measures/m{number}.yml"] = BARE.replace("Idee", result or "offen") + day
    rows = drawn(shown(tmp_path, files))
    for result, sign in results.items():
        assert marks(rows[result or "offen"]) == {sign}


def test_what_is_decided_until_a_day_ends_there_and_what_has_no_end_says_so(tmp_path: Path) -> None:
    start = "from: 2026-02\nstatus: decided\n"
    day = "decisions: [{by: ausschuss, date: 2026-03-01, result: RESULT}]\n"
    limited = BARE.replace("Idee", "Ein Jahr") + start + day.replace("RESULT", "limited, until: 2027-06-30")
    endless = BARE.replace("Idee", "Immer") + start + day.replace("RESULT", "approved")
    page = shown(tmp_path, {"resources/measures/a.yml": limited, "resources/measures/b.yml": endless})
    assert facts(page, "a")["Zeitraum"] == "Februar 2026 bis 30. Juni 2027"
    rows = drawn(page)
    assert rows["Ein Jahr"].xpath(".//path[@class='nr-chart__open']") == []
    assert len(rows["Immer"].xpath(".//path[@class='nr-chart__open']")) == 1
    [bar] = rows["Ein Jahr"].xpath("./rect")
    assert float(bar.get("x").rstrip("%")) + float(bar.get("width").rstrip("%")) < 99


AGREED = "name: Vertrag\npartners: [verein]\nfrom: 2024-08-01\nuntil: 2027-07-31\npublic: [goals]\ngoals: [{name: Da sein, reviews: [{date: 2025-07-31, status: reached}]}]\n"


def test_the_table_beside_the_line_of_time_says_the_same_days(tmp_path: Path) -> None:
    page = shown(tmp_path, {PATH: SOUND, "resources/agreements/vertrag.yml": AGREED})
    rows = drawn(page)
    table = {text(row.find("th")): row for row in page.xpath("//table[@id='zeit-tabelle']/tbody/tr")}
    assert list(table) == list(rows) == ["Vertrag", "Ein Nachmittag"]
    for name, row in rows.items():
        days = [said.replace("\u00a0", " ") for said in row.xpath("./svg/title/text()")]
        assert days
        assert text(table[name].xpath("td[3]")[0]) == "".join(days)
    assert marks(rows["Vertrag"]) == {"made"}
    assert text(table["Vertrag"].xpath("td[1]")[0]) == "Vereinbarung, läuft"


def test_the_legend_names_the_signs_that_are_there_and_no_others(tmp_path: Path) -> None:
    page = shown(tmp_path, {PATH: SOUND})
    said = [text(item) for item in page.xpath("//ul[@class='nr-key']/li")]
    assert said == [
        "beschlossen oder vereinbart, noch nicht begonnen", "Beschluss", "Beratung steht aus", "geprüft", "Überprüfung vorgesehen",
    ]  # fmt: skip
