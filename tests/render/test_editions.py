"""Written reports: an edition keeps its figures, tells what changed, refuses damage, and stops at a wrong component."""

import csv
import datetime as dt
import io
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.model.editions import digest
from generator.pipeline import report_editions
from generator.pipeline.build import Project, build_site, prepare
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page
from generator.printing import document
from tests.chance import whole
from tests.edit.towns import write_town
from tests.machine import needed

TODAY = dt.date(2026, 11, 20)
INDICATOR = """\
title: Kinder mit Bürgergeld
says: Von 100 Kindern leben so viele in einer Familie mit Bürgergeld.
numerator: Kinder in Bedarfsgemeinschaften
denominator: Alle Kinder
direction: lower-is-better
source: {name: Statistik der Stadt, licence: dl-de/by-2.0, updated: yearly, as_of: 2025-06-30, regime: delivered}
disclosure: {method: published}
"""
VALUES = """\
space,period,numerator,denominator,status,note
kleinstadt,2023,300,2000,,
ost,2023,200,1000,,
west,2023,100,1000,,
kleinstadt,2024,310,2000,,
ost,2024,210,1000,,
west,2024,100,1000,,
"""
TEXT = """\
---
title: Bericht Ost
edition: 2024
date: 2025-07-01
state: draft
space: ost
summary: Ein kurzer Bericht.
---

## Geld

In Ost sind es {{ figure('arm') }}, das sind {{ figure('arm', show='count') }} von {{ figure('arm', show='of') }}.[^1]

[^1]: Eine Fußnote.

{{ table('arm', level='quartier', label='alle') }}

{{ chart('arm', kind='line', spaces='ost, kleinstadt') }}

{{ chart('arm', level='quartier') }}

{{ choropleth('arm', level='quartier') }}

{{ comparison('arm') }}

{{ see('alle') }} zeigt es. {{ offers(space='west') }}
"""


def draft(root: Path) -> Path:
    """Write a small town with one indicator and one edition, not yet published."""
    write_town(root)
    write(root, "resources/indicators/arm/indicator.yml", INDICATOR)
    write(root, "resources/indicators/arm/values.csv", VALUES)
    write(root, "content/berichte/bericht-ost/2024.md", TEXT)
    return root


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishing tries no PDF: `once` does, and takes a second for it."""
    monkeypatch.setattr(report_editions, "why_no_pdf", lambda: "tried by another test")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The town before its edition is published."""
    return draft(tmp_path / "town")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town as it stands when its edition has been published; nobody may change it."""
    root = draft(tmp_path_factory.mktemp("published") / "town")
    publish(root)
    return root


@pytest.fixture
def published(once: Path, tmp_path: Path) -> Path:
    """A town of one's own whose edition has been published."""
    return shutil.copytree(once, tmp_path / "town")


@pytest.fixture(scope="module")
def site(once: Path) -> Path:
    """What is built of the town whose edition has been published; nobody may change it."""
    return build(once, once.parent / "site")


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(item) for item in arguments], env={"NAHRAUM_TODAY": "2026-11-20"})


def publish(root: Path, name: str = "2024") -> None:
    result = run("publish", root / f"content/berichte/bericht-ost/{name}.md", "-p", root)
    assert result.exit_code == 0, result.output


def build(root: Path, target: Path) -> Path:
    found = build_site(prepare(root, TODAY), target, write_site)
    assert not has_errors(found), [item for item in found if item.severity == "error"]
    return target


def page(site: Path, name: str) -> str:
    return (site / "berichte/bericht-ost" / name / "index.html").read_text("utf-8")


def shown(root: Path, name: str) -> str:
    """The words of one page of the report; the others aren't made."""
    project = prepare(root, TODAY)
    assert not has_errors(project.found), project.found
    body = make_page(plan_site(project), f"berichte/bericht-ost/{name}").body
    return words(f"<main>{body}</main>")


def problems(root: Path) -> list[tuple[str, str, int]]:
    return [
        (item.code, item.position.file, item.position.line)
        for item in prepare(root, TODAY).found
        if item.severity == "error"
    ]


def words(html: str) -> str:
    main_part = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main_part)).split())


NOT_CARRIED = "Heute gilt dieser Unterschied nicht mehr als statistisch auffällig."


@pytest.mark.usefixtures("no_pdf")
def test_a_verdict_that_the_figures_of_today_do_not_bear_out_says_so_beside_it(town: Path) -> None:
    """In both ways in which it may stand there; the words that were published stay, and its PDF says nothing of today."""
    sentence = "In Ost sind mit {{ figure('arm', space='ost') }} mehr Kinder arm als in der Stadt.\n"
    write(town, "content/berichte/bericht-ost/2024.md", f"{TEXT}\n{sentence}")
    publish(town)
    project = prepare(town, TODAY)
    before, edition = shown(town, "2024/"), next(iter(project.site.editions.values()))
    paper = document(project.contexts[0], edition)
    assert "statistisch auffällig höher" in before
    assert NOT_CARRIED not in before
    values = VALUES.replace("ost,2024,210", "ost,2024,156").replace("west,2024,100", "west,2024,154")
    write(town, "resources/indicators/arm/values.csv", values)
    after = shown(town, "2024/")
    assert re.search(rf"statistisch auffällig höher als [^.]*\..*?{NOT_CARRIED}", after)
    assert re.search(rf"In Ost sind mit 21,0 % \[{NOT_CARRIED}[^]]*\] mehr Kinder arm", after)
    assert "An 2 Stellen trägt die Rechnung von heute nicht mehr" in after
    assert document(prepare(town, TODAY).contexts[0], edition) == paper


def test_a_draft_is_on_no_public_page_and_marked_where_it_is_shown(town: Path, tmp_path: Path) -> None:
    site = build(town, tmp_path / "site")
    assert not (site / "berichte/bericht-ost").exists()
    assert "Bericht Ost" not in (site / "sitemap.xml").read_text()
    shown = prepare(town, TODAY, drafts=True)
    build_site(shown, tmp_path / "drafts", write_site)
    html = page(tmp_path / "drafts", "2024")
    assert "Entwurf" in words(html)
    assert 'name="robots" content="noindex"' in html


@whole
def test_a_draft_follows_the_data_and_shows_what_will_be_frozen(town: Path, tmp_path: Path) -> None:
    build_site(prepare(town, TODAY, drafts=True), tmp_path / "draft", write_site)
    publish(town)
    site = build(town, tmp_path / "site")

    def text(html: str) -> str:
        return html[html.index('nr-edition__text">') : html.index('class="nr-cite"')]

    assert text(page(tmp_path / "draft", "2024")) == text(page(site, "2024"))


@whole
def test_every_number_of_the_page_is_in_its_download(site: Path) -> None:
    html = page(site, "2024")
    content = (site / "berichte/bericht-ost/2024/zahlen.csv").read_text("utf-8-sig")
    rows = {
        (row["Gebiet"], row["Zeitraum"]): row for row in csv.DictReader(io.StringIO(content), delimiter=";")
    }
    table = re.search(r'<table id="tabelle-1-zahlen">.*?</table>', html, re.DOTALL)
    assert table is not None
    found = re.findall(r"<tr><th[^>]*>(\w+)</th><td[^>]*>([\d,]+)</td>", table[0])
    assert found == [("Ost", "21,0"), ("West", "10,0")]
    for name, value in found:
        assert rows[name, "2024"]["Wert"] == value
    bars = re.findall(
        r'nr-chart__name"[^>]*>(\w+)</text><text class="nr-chart__value[^"]*"[^>]*>([\d,]+)</text>', html
    )
    assert bars == found
    assert "21,0\u00a0%" in unescape(html)


@whole
def test_pictures_and_tables_are_numbered_and_pointed_at(site: Path) -> None:
    text = words(page(site, "2024"))
    for name in ("Tabelle 1:", "Abbildung 1:", "Abbildung 2:", "Abbildung 3:", "Tabelle 1 zeigt es."):
        assert name in text
    assert "Quelle: Statistik der Stadt" in text
    assert "Stand 2024. https://kleinstadt.example/berichte/bericht-ost/2024/" in text


def test_an_altered_file_of_figures_stops_the_build(published: Path, tmp_path: Path) -> None:
    frozen = published / "resources/editions/bericht-ost/2024.json"
    frozen.write_text(frozen.read_text().replace('"numerator": 210', '"numerator": 110'), encoding="utf-8")
    assert problems(published) == [("ausgabe-daten-geaendert", "resources/editions/bericht-ost/2024.json", 1)]
    frozen.unlink()
    assert problems(published) == [
        ("ausgabe-nicht-eingefroren", "content/berichte/bericht-ost/2024.md", 1),
        ("veroeffentlichtes-geaendert", "resources/editions/bericht-ost/2024.json", 1),
    ]


def test_altered_figures_are_told_though_their_file_was_given_a_new_digest(published: Path) -> None:
    frozen = published / "resources/editions/bericht-ost/2024.json"
    content = json.loads(frozen.read_text().replace('"numerator": 210', '"numerator": 110'))
    del content["digest"]
    frozen.write_text(json.dumps({**content, "digest": digest(content)}), "utf-8")
    assert problems(published) == [
        ("veroeffentlichtes-geaendert", "resources/editions/bericht-ost/2024.json", 1)
    ]


@pytest.mark.usefixtures("no_pdf")
def test_an_altered_text_stops_the_build_until_it_is_noted(published: Path) -> None:
    file = published / "content/berichte/bericht-ost/2024.md"
    figures = json.loads((published / "resources/editions/bericht-ost/2024.json").read_text())["data"]
    file.write_text(file.read_text().replace("Eine Fußnote", "Eine bessere Fußnote"), encoding="utf-8")
    assert [item[0] for item in problems(published)] == ["ausgabe-text-geaendert"]
    assert run("publish", file, "-p", published).exit_code == 2
    result = run("publish", file, "-p", published, "--correction", "Fußnote 1 verbessert.")
    assert result.exit_code == 0, result.output
    assert json.loads((published / "resources/editions/bericht-ost/2024.json").read_text())["data"] == figures
    assert "20. November 2026: Fußnote 1 verbessert." in shown(published, "2024/")


@pytest.mark.parametrize(
    ("change", "code", "better"),
    [
        (("figure('arm') }}, das", "figur('arm') }}, das"), "baustein-unbekannt", "figure"),
        (("figure('arm') }}, das", "figure('armm') }}, das"), "baustein-verweis", "arm"),
        (("figure('arm') }}, das", "figure('arm', raum='ost') }}, das"), "baustein-angabe", "space"),
        (("figure('arm') }}, das", "figure('arm', period=1999) }}, das"), "baustein-verweis", "2023"),
        (("figure('arm') }}, das", "figure('arm', space='osten') }}, das"), "baustein-verweis", "ost"),
        (("figure('arm') }}, das", "figure(arm) }}, das"), "baustein-schreibweise", "offers"),
    ],
)
def test_a_misspelt_component_stops_the_build_with_file_and_line(
    town: Path, change: tuple[str, str], code: str, better: str
) -> None:
    file = town / "content/berichte/bericht-ost/2024.md"
    assert change[0] in file.read_text()
    file.write_text(file.read_text().replace(*change), encoding="utf-8")
    found = [item for item in prepare(town, TODAY).found if item.severity == "error"]
    assert [(item.code, item.position.file, item.position.line) for item in found] == [
        (code, "content/berichte/bericht-ost/2024.md", 12)
    ]
    assert better in found[0].help
    assert run("publish", file, "-p", town).exit_code == 1
    assert not (town / "resources/editions").exists()


def test_pointing_at_nothing_is_reported(town: Path) -> None:
    file = town / "content/berichte/bericht-ost/2024.md"
    file.write_text(file.read_text().replace("see('alle')", "see('keine')"), encoding="utf-8")
    assert [item[0] for item in problems(town)] == ["baustein-verweis"]


def test_live_components_have_no_place_in_a_report(town: Path) -> None:
    file = town / "content/berichte/bericht-ost/2024.md"
    file.write_text(file.read_text() + "\n{{ help_numbers() }}\n", encoding="utf-8")
    assert [item[0] for item in problems(town)] == ["baustein-unbekannt"]


def test_the_head_is_checked_with_its_line(town: Path) -> None:
    file = town / "content/berichte/bericht-ost/2024.md"
    file.write_text(TEXT.replace("space: ost", "space: osten"), encoding="utf-8")
    assert problems(town) == [("unbekannter-verweis", "content/berichte/bericht-ost/2024.md", 6)]
    file.write_text(TEXT.removeprefix("---\n"), encoding="utf-8")
    assert problems(town) == [("ausgabe-ohne-kopf", "content/berichte/bericht-ost/2024.md", 1)]


def test_a_report_may_not_take_an_indicators_address(town: Path) -> None:
    shutil.move(town / "content/berichte/bericht-ost", town / "content/berichte/arm")
    assert [item[0] for item in problems(town)] == ["bericht-name-vergeben"]


@pytest.mark.usefixtures("no_pdf")
def test_what_changed_between_two_editions_is_explained(published: Path) -> None:
    second = TEXT.replace("edition: 2024", "edition: 2025").replace("2025-07-01", "2026-07-01")
    write(published, "content/berichte/bericht-ost/2025.md", second)
    values = (
        VALUES.replace("ost,2023,200", "ost,2023,190").replace("kleinstadt,2023,300", "kleinstadt,2023,290")
        + "kleinstadt,2025,250,2000,,\nost,2025,90,1000,,\nwest,2025,160,1000,,\n"
    )
    write(published, "resources/indicators/arm/values.csv", values)
    publish(published, "2025")
    text = shown(published, "aenderungen-2025/")
    assert "Neuere Zahlen" in text
    assert "21,0 % (2024) 9,0 % (2025)" in text.replace("\u00a0", " ")
    assert "Derselbe Zeitraum, aber berichtigt" in text
    assert "20,0 % (2023) 19,0 % (2023)" in text.replace("\u00a0", " ")
    archive = shown(published, "")
    assert archive.index("Bericht Ost 2025") < archive.index("Bericht Ost 2024")
    earlier = shown(published, "2024/")
    assert "Es gibt eine neuere Veröffentlichung" in earlier
    assert "21,0" in earlier


@pytest.mark.usefixtures("no_pdf")
def test_another_definition_is_told_apart_from_new_data(published: Path) -> None:
    write(
        published,
        "content/berichte/bericht-ost/2025.md",
        TEXT.replace("edition: 2024", "edition: 2025").replace("2025-07-01", "2026-07-01"),
    )
    write(
        published,
        "resources/indicators/arm/indicator.yml",
        INDICATOR.replace("Alle Kinder", "Alle Kinder unter 15"),
    )
    publish(published, "2025")
    text = shown(published, "aenderungen-2025/")
    assert "Anders gerechnet oder aus anderer Quelle" in text
    assert "anders: Nenner" in text
    assert "Neuere Zahlen" not in text


def test_a_new_report_has_the_figures_that_exist_and_builds(town: Path, tmp_path: Path) -> None:
    result = run("new", "report", "bericht-west", "--space", "west", "-p", town)
    assert result.exit_code == 0, result.output
    text = (town / "content/berichte/bericht-west/2026.md").read_text()
    assert "figure('arm')" in text
    assert "TODO" in text
    assert problems(town) == []
    assert run("new", "report", "bericht-west", "--space", "west", "-p", town).exit_code == 2
    wrong = run("new", "report", "bericht-mitte", "--space", "wset", "-p", town)
    assert wrong.exit_code == 2
    assert "west" in wrong.output
    # What still asks the writer something is not published.
    assert run("publish", town / "content/berichte/bericht-west/2026.md", "-p", town).exit_code == 2


def test_auenstedt_has_two_editions_with_their_own_figures(demo: Project, demo_site: Path) -> None:
    folder = demo_site / "berichte/sozialraumbericht-suederaue"
    first, second = (words((folder / year / "index.html").read_text()) for year in ("2025", "2026"))
    assert "31,4" in first
    assert "38,7" in second
    assert "38,7" not in first
    changes = words((folder / "aenderungen-2026/index.html").read_text())
    assert "Melderegister 2021 bereinigt" in changes
    assert demo.site is not None
    assert [edition.head.edition for edition in demo.site.editions.values()] == ["2025", "2026"]


def test_figures_without_their_edition_are_reported(published: Path) -> None:
    (published / "content/berichte/bericht-ost/2024.md").unlink()
    found = [item for item in prepare(published, TODAY).found if item.code == "ausgabe-uebrig"]
    assert [(item.severity, item.position.file) for item in found] == [
        ("warning", "resources/editions/bericht-ost/2024.json")
    ]


@whole
def test_the_build_writes_pdfs_when_asked_and_says_what_it_lacks(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = published / "site_config.yml"
    config.write_text(config.read_text() + "pdf: yes\n", encoding="utf-8")
    monkeypatch.setattr(
        "generator.subjects.reporting.build.why_no_pdf", lambda: "cannot load library 'libpango-1.0-0'"
    )
    found = [item for item in prepare(published, TODAY).found if item.code == "pdf-fehlt"]
    assert [(item.severity, item.position.file) for item in found] == [("error", "site_config.yml")]
    assert "libpango" in found[0].message
    monkeypatch.undo()
    needed("Pango")
    site = build(published, tmp_path / "site")
    assert (site / "berichte/bericht-ost/2024/bericht-ost-2024.pdf").read_bytes().startswith(b"%PDF")
    assert 'href="./bericht-ost-2024.pdf"' in page(site, "2024") or 'href="bericht-ost-2024.pdf"' in page(
        site, "2024"
    )


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("In West sind es {{ figure('arm', space='west') }}, weniger als in Ost.", []),
        ("Im Ganzen sind es {{ figure('gleich') }}, mehr als früher.", ["mehr"]),
        ("Am niedrigsten ist der Anteil mit {{ figure('gleich', space='west') }}.", ["niedrigsten"]),
        ("Es sind {{ figure('gleich') }}. Ob mehr besser ist, sagt die Zahl nicht.", []),
        ("Es sind mehr Menschen als früher.", []),
    ],
)
def test_a_word_that_compares_beside_a_figure_is_asked_where_nothing_bears_it_out(
    town: Path, sentence: str, asked: list[str]
) -> None:
    even = (
        VALUES.replace("210,1000", "155,1000").replace("100,1000", "155,1000").replace("200,1000", "155,1000")
    )
    write(town, "resources/indicators/gleich/indicator.yml", INDICATOR)
    write(
        town,
        "resources/indicators/gleich/values.csv",
        even.replace("2000,,", "2000,,").replace(",300,", ",310,"),
    )
    head = TEXT[: TEXT.index("## Geld")]
    write(town, "content/berichte/bericht-ost/2024.md", f"{head}{sentence}\n")
    found = [item for item in prepare(town, TODAY).found if item.code == "wort-ohne-beleg"]
    assert [re.findall("„(.*?)“", item.message)[0] for item in found] == asked


@pytest.mark.usefixtures("no_pdf")
def test_a_list_of_offers_says_of_how_many_it_is_also_when_it_was_published(town: Path) -> None:
    offer = (town / "resources/offers/krabbelgruppe.yml").read_text("utf-8")
    for number in range(3):
        write(town, f"resources/offers/weitere-{number}.yml", offer)
    text = TEXT.replace("{{ offers(space='west') }}", "{{ offers(space='west', limit=2) }}")
    write(town, "content/berichte/bericht-ost/2024.md", text)
    publish(town)
    kept = json.loads((town / "resources/editions/bericht-ost/2024.json").read_text("utf-8"))
    assert list(kept["data"]["offer_totals"].values()) == [4]
    assert "2 von 4 Angeboten" in shown(town, "2024/")


@pytest.mark.usefixtures("no_pdf")
def test_counts_of_areas_are_not_held_against_the_count_of_the_town(town: Path) -> None:
    """The town's count is the sum: as a line across it squeezes the bars and compares nothing."""
    count = INDICATOR.replace("denominator: Alle Kinder\n", "unit: Kinder\ndecimals: 0\ninterval: none\n")
    write(town, "resources/indicators/arm/indicator.yml", count)
    write(town, "resources/indicators/arm/values.csv", re.sub(r",[12]000,,$", ",,,", VALUES, flags=re.M))
    chart = re.sub(r"(?s)(summary: .*?---\n).*", r"\1\n{{ chart('arm', level='quartier') }}\n", TEXT)
    write(town, "content/berichte/bericht-ost/2024.md", chart)
    publish(town)
    said = shown(town, "2024/")
    assert "Ost 210" in said
    assert "Kleinstadt 310" not in said


@pytest.mark.usefixtures("no_pdf")
def test_a_withdrawn_edition_says_since_when_and_why_and_nothing_else(
    published: Path, tmp_path: Path
) -> None:
    """Its words, figures and files are gone from project and site; what it showed counts with its tables' releases."""
    file = published / "content/berichte/bericht-ost/2024.md"
    figures = (published / "resources/editions/bericht-ost/2024.json").read_text("utf-8")
    assert "Krabbelgruppe" in figures
    done = run("publish", file, "-p", published, "--withdraw", "Eine Zahl war zu genau.")
    assert done.exit_code == 0, done.output
    assert "git filter-repo" in done.output
    site = build(published, tmp_path / "site")
    text = words(page(site, "2024"))
    assert "Zurückgezogen am 20. November 2026." in text
    assert "Eine Zahl war zu genau." in text
    assert [path.name for path in (site / "berichte/bericht-ost/2024").iterdir()] == ["index.html"]
    said = ("Ein kurzer Bericht", "Eine Fußnote", "21,0\u00a0%", "210")
    assert [word for word in said if word in file.read_text("utf-8")] == []
    there = list((site / "berichte/bericht-ost").rglob("*.html"))
    assert [
        (path, word) for path in there for word in said if word in unescape(path.read_text("utf-8"))
    ] == []
    files = [
        path for path in site.rglob("*") if path.suffix in (".html", ".json", ".xml", ".csv", ".js", ".txt")
    ]
    assert len(files) > 50
    assert [path for path in files for word in said[:2] if word in path.read_text("utf-8")] == []
    assert (
        json.loads((published / "resources/editions/bericht-ost/2024.json").read_text("utf-8"))["data"] == {}
    )
    again = run("publish", file, "-p", published, "--withdraw", "Noch einmal.")
    assert again.exit_code != 0
    assert "noch nicht zurückgezogen" in again.output


HOUSE = "name: Haus Lichtblick\nkind: schutz\nprovider: verein\nphone: 040 66969-905\nway_in: [call]\n"


@pytest.mark.usefixtures("no_pdf")
def test_what_became_protected_and_who_was_named_is_searched_in_old_editions(town: Path) -> None:
    """What an edition keeps of offers is public for ever: until it is withdrawn, every check says what stands there."""
    offer = town / "resources/offers/krabbelgruppe.yml"
    before = offer.read_text("utf-8")
    named = "Im Flussweg 7 bei Haus Lichtblick; fragen Sie Frau Krüger."
    offer.write_text(before.replace("Eltern treffen sich mit ihren Babys.", named), "utf-8")
    publish(town)
    offer.write_text(before, "utf-8")
    write(town, "resources/protected/haus.yml", HOUSE)
    file = "resources/editions/bericht-ost/2024.json"

    def told() -> set[str]:
        return {item.code for item in prepare(town, TODAY).found if item.position.file == file}

    assert told() == {"ort-im-text", "person-statt-stelle"}
    text = town / "content/berichte/bericht-ost/2024.md"
    done = run("publish", text, "-p", town, "--withdraw", "Eine Adresse ist geschützt.")
    assert done.exit_code == 0, done.output
    assert told() == set()
