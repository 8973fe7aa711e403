"""Who is who: who answers outside of office hours, a line for professionals day and night, moderators that can be reached."""

import json
from pathlib import Path

import pytest
from lxml import html

from generator.pipeline.build import Project, prepare
from generator.render.data_files.danger_boxes import danger_boxes, danger_files
from generator.render.directory.help_numbers import offer_hours
from generator.render.directory.offer_order import protecting
from generator.render.pages import institution_pages, offer_pages, place_pages, space_page, who_to_call
from generator.subjects.casework import page as case_page
from generator.subjects.casework import page_sheets
from tests.budget_town import CONFIG, TODAY, town

OFFICE = """name: ASD Nord
kind: asd
serves: [nord]
contact: {phone: 040 66969-150}
hours: Mo-Fr 09:00-12:00
on_call: {phone: 040 66969-112, hours: 24/7}
"""
NETWORK = "name: AG Nord\nkind: ag-78\nspaces: [nord]\nmoderator: Koordination\n"
FILES = {
    "site_config.yml": CONFIG,
    "resources/offices/asd.yml": OFFICE,
    "resources/networks/ag.yml": f"{NETWORK}moderated_by: asd\n",
}


def made(folder: Path, files: dict[str, str]) -> Project:
    return prepare(town(folder, {**FILES, **files}), TODAY)


def shown(project: Project) -> html.HtmlElement:
    assert project.contexts, project.found
    return html.fromstring(f"<main>{who_to_call.render(project.contexts[0], '').body}</main>")


def text(part: html.HtmlElement) -> str:
    return " ".join(part.text_content().replace("\u00a0", " ").split())


def test_beside_the_hours_of_an_office_stands_who_answers_outside_of_them(tmp_path: Path) -> None:
    page = shown(made(tmp_path, {}))
    lines = page.xpath("//section[@aria-labelledby='raum-nord']//ul[contains(@class, 'nr-calls')]/li")
    (said,) = [text(line) for line in lines if "ASD Nord" in text(line)]
    assert "Außerhalb dieser Zeiten: 040 66969-112 (Tag und Nacht)" in said
    assert "9 bis 12 Uhr" in said
    assert "tel:+494066969112" in html.tostring(page, encoding="unicode")


def test_several_on_call_services_say_whose_they_are_and_when_in_their_own_words(tmp_path: Path) -> None:
    words = "werktags ab 16 Uhr"
    other = OFFICE.replace("Nord", "Süd").replace("-112, hours: 24/7", f"-113, when: {words}")
    project = made(tmp_path, {"resources/offices/sued.yml": other})
    lines = [text(line) for line in shown(project).xpath("//ul[contains(@class, 'nr-calls')]/li")]
    (said,) = [line for line in lines if line.startswith("Rufbereitschaft: ASD Süd")]
    assert said.endswith(f"040 66969-113{words}")
    box = json.loads(danger_files(project.contexts[0])["search/danger.de.json"])
    duty = [box["lines"][place] for place in box["professionals"]["duty"]]
    (said,) = [line for line in duty if line["name"] == "Rufbereitschaft: ASD Süd"]
    assert said["when"] == words


def test_the_page_of_an_area_says_it_too(tmp_path: Path) -> None:
    project = made(tmp_path, {})
    page = html.fromstring(f"<main>{space_page.render(project.contexts[0], 'nord').body}</main>")
    (said,) = [text(item) for item in page.xpath("//li[a]") if "ASD Nord" in text(item)]
    assert said.endswith("Außerhalb der Sprechzeit: 040 66969-112")


def test_professionals_find_advice_at_any_hour(tmp_path: Path) -> None:
    page = shown(made(tmp_path, {}))
    lines = page.xpath("//details[summary/h2/@id='insofa']//ul/li")
    (said,) = [text(line) for line in lines if "Kinderschutzhotline" in text(line)]
    assert "0800 19 210 00" in said
    assert "Tag und Nacht" in said


@pytest.mark.parametrize(
    ("more", "reached"),
    [
        ("moderated_by: asd\n", "Koordination, ASD Nord, 040 66969-150"),
        ("contact: {phone: 040 66969-77}\n", "Koordination, 040 66969-77"),
        ("moderated_by: asd\ncontact: {phone: 040 66969-77}\n", "Koordination, ASD Nord, 040 66969-77"),
        ("", "Koordination"),
    ],
)
def test_a_moderator_is_named_with_an_office_or_a_number_or_asked_for_one(
    tmp_path: Path, more: str, reached: str
) -> None:
    project = made(tmp_path, {"resources/networks/ag.yml": NETWORK + more})
    cells = [text(cell) for cell in shown(project).xpath("//table[@id='treffen']//td")]
    assert reached in cells
    codes = [item.code for item in project.found]
    assert ("moderation-ohne-kontakt" in codes) == (not more)


PEOPLE = "[{name: Merle Beispiel, contact: {phone: 040 66969-143}}]"
TEAM = """name: Nord
level: raum
parent: musterstadt
team:
  - role: asd
    contact: {phone: 040 66969-142}
    people: PEOPLE
  - {role: freie-traeger, staff: 2}
"""


def internal(folder: Path, overlay: dict[str, str]) -> Project:
    """The town with its overlay, on the internal site."""
    public, inside = folder / "stadt", folder / "intern"
    town(public, {**FILES, "site_config.yml": CONFIG + "overlay: ../intern\n"})
    for path, content in overlay.items():
        (inside / path).parent.mkdir(parents=True, exist_ok=True)
        (inside / path).write_text(content, "utf-8")
    return prepare(public, TODAY, internal=True)


def test_a_team_has_its_duty_number_and_names_of_its_people_stand_with_it(tmp_path: Path) -> None:
    team = TEAM.partition("team:")[2].replace("PEOPLE", PEOPLE)
    page = shown(internal(tmp_path, {"spaces/nord.yml": f"team:{team}"}))
    (block,) = page.xpath("//section[@aria-labelledby='raum-nord']")
    lines = [text(line) for line in block.xpath(".//ul[contains(@class, 'nr-calls')]/li")]
    assert any("040 66969-142" in line and "Diensttelefon des Teams" in line for line in lines)
    assert "Merle Beispiel 040 66969-143" in text(block)


@pytest.mark.parametrize(("agreed", "refused"), [("", True), (", agreed: 2026-10-01", False)])
def test_a_name_is_public_only_where_its_owner_agreed(tmp_path: Path, agreed: str, refused: bool) -> None:
    """And then it is shown."""
    people = PEOPLE.replace("}}]", f"}}{agreed}}}]")
    project = made(tmp_path, {"resources/spaces/nord.yml": TEAM.replace("PEOPLE", people)})
    assert ("name-ohne-zustimmung" in {item.code for item in project.found}) == refused
    if not refused:
        assert "Merle Beispiel" in text(shown(project))


def test_other_names_of_an_office_stand_with_it(tmp_path: Path) -> None:
    wjh = "name: Wirtschaftliche Hilfen\nkind: wjh\nalso: [WiJu]\ncontact: {phone: 040 66969-120}\n"
    page = shown(made(tmp_path, {"resources/offices/wjh.yml": wjh}))
    (line,) = page.xpath("//li[@id='amt-wjh']")
    for name in ("WiJu", "WJH", "Wirtschaftliche Jugendhilfe"):
        assert name in text(line)


def test_a_task_names_who_does_it_by_their_records(tmp_path: Path) -> None:
    """Who helps a family at home is found by the offer, not by what a provider's record claims; an office by its group."""
    offer = "name: Familienhilfe\nsummary: Hilfe zu Hause.\nkind: hze-31\nprovider: {}\ntopics: [erziehungsfragen]\nchecked: 2026-10-01\n"
    files = {
        "resources/offers/hilfe.yml": offer.format("tut-es"),
        "resources/providers/tut-es.yml": "name: Tut es\nkind: non-profit\n",
        "resources/providers/sagt-es.yml": "name: Sagt es\nkind: non-profit\nfunctions: [hze]\n",
    }
    project = made(tmp_path, files)
    page = shown(project)
    rows = {
        text(row.find("dt")): text(row.find("dd"))
        for row in page.xpath("//dl[@class='nr-terms nr-terms--wide']/div")
    }
    (hze,) = [names for task, names in rows.items() if task.startswith("Leistet Hilfen zur Erziehung")]
    assert hze == "Tut es"
    for key, told in (("tut-es", True), ("sagt-es", False)):
        own = str(institution_pages.render_provider(project.contexts[0], key).body)
        assert ("Leistet Hilfen zur Erziehung" in own) == told
    (deciding,) = [names for task, names in rows.items() if task.startswith("Entscheidet")]
    assert deciding == "ASD Nord"


def test_whom_to_ring_in_need_is_nobody_that_only_others_register_for(tmp_path: Path) -> None:
    """Where one may call oneself, others register one too."""
    offer = "name: Rat\nsummary: Rat.\nkind: gewaltberatung\nprovider: rat\ntopics: [haeusliche-gewalt]\naccess: {{way: {}, who_may_refer: [police]}}\ncontact: {{phone: 040 66969-442}}\n"
    files = {
        "resources/providers/rat.yml": "name: Rat\nkind: non-profit\n",
        "resources/offers/selbst.yml": offer.format("direct"),
        "resources/offers/gemeldet.yml": offer.format("referral"),
    }
    context = made(tmp_path, files).contexts[0]
    assert protecting(context) == ["selbst"]
    for key, said in (
        ("selbst", "Anmelden kann Sie auch: Polizei."),
        ("gemeldet", "Anmelden kann Sie: Polizei."),
    ):
        assert said in str(offer_pages.render_offer(context, key).body)


DUTY = "name: {name}\nkind: {kind}\ncontact: {{phone: 040 66969-{number}}}\nhours: 24/7\n"


def test_the_sheet_for_the_duty_phone_has_a_row_for_each_group_and_dates(tmp_path: Path) -> None:
    """It is on the internal site alone; who is missing is said to be."""
    overlay = {
        "offices/dolmetschen.yml": DUTY.format(name="Sprachbrücke", kind="telefondolmetschen", number=760)
        + "checked: 2026-10-12\n",
        "offices/klinik.yml": DUTY.format(name="Kinderklinik", kind="klinik", number=780),
    }
    project = internal(tmp_path, overlay)
    page = html.fromstring(f"<main>{page_sheets.render_duty(project.contexts[0], '').body}</main>")
    missing = page.xpath("//section[p]")
    assert [text(part) for part in missing] == [
        "Vertretung der Rufbereitschaft nicht eingetragen",
        "Richterlicher Bereitschaftsdienst nicht eingetragen",
        "Platz für ein Kind (§ 42 SGB VIII) nicht eingetragen",
    ]
    rows = [text(row) for row in page.xpath("//ul/li")]
    (interpreter,) = [row for row in rows if "Sprachbrücke" in row]
    assert "040 66969-760" in interpreter
    assert interpreter.endswith("Geprüft am 12.10.2026")
    (clinic,) = [row for row in rows if "Kinderklinik" in row]
    assert clinic.endswith("noch nie geprüft")
    assert any("040 66969-112" in row for row in rows)
    path = project.contexts[0].path("duty")
    assert path in project.contexts[0].paths
    assert path not in made(tmp_path / "offen", {}).contexts[0].paths


def test_in_danger_stand_who_stands_in_for_the_on_call_service_and_the_town_s_own_help_with_violence(
    tmp_path: Path,
) -> None:
    """On the page of a case, and in the box that comes where violence is told."""
    overlay = {
        "offices/leitung.yml": DUTY.format(name="Leitung", kind="rufbereitschaft-vertretung", number=117),
        "providers/wegweiser.yml": "name: Wegweiser\nkind: non-profit\n",
        "offers/rat.yml": "name: Rat nach Gewalt\nsummary: Beratung.\nkind: gewaltberatung\nprovider: wegweiser\n"
        "topics: [haeusliche-gewalt]\ncontact: {phone: 040 66969-441}\nhours: Mo 09:00-13:00\nchecked: 2026-10-01\n",
    }
    context = internal(tmp_path, overlay).contexts[0]
    page = html.fromstring(f"<main>{case_page.render(context).body}</main>")
    lines = [text(line) for line in page.xpath("//section[@data-case-protect]//li[b or span/b]")]
    (on_call,) = [line for line in lines if "Bereitschaft des Jugendamts" in line]
    assert "Vertretung: 040 66969-117" in on_call
    (service,) = [line for line in lines if "Rat nach Gewalt" in line]
    assert "040 66969-441" in service
    assert "Mo 9 bis 13 Uhr" in service
    box = json.loads(danger_files(context)["search/danger.de.json"])
    duty = [box["lines"][place] for place in box["professionals"]["duty"]]
    assert [line["deputies"][0][0] for line in duty if "Bereitschaft" in line["name"]] == ["040 66969-117"]


def test_the_hours_of_a_course_are_not_those_of_its_telephone(demo: Project) -> None:
    """Whoever can't just come is not to ring while a course runs; where somebody advises, hours are hours."""
    context = demo.contexts[0]
    courses = [
        key
        for key, facts in context.facts.offers.items()
        if demo.site.offers[key].kind == "kurs"
        and facts.access is not None
        and facts.access.way in ("registration", "appointment")
        and not facts.phone_schedule
        and facts.schedule
        and "phone" not in demo.site.offers[key].remote
    ]
    assert courses
    assert {offer_hours(context, key, 3) for key in courses} == {""}
    assert offer_hours(context, "fachstelle-sexuelle-gewalt", 3)


def test_whoever_calls_a_refuge_knows_for_whom_it_is(demo: Project) -> None:
    lines = {
        line.phone: line.for_whom
        for box in danger_boxes(demo.contexts[0])
        for _need, lines in box.needs
        for line in lines
    }
    assert lines["040 66969-455"] == "Mädchen"


@pytest.mark.parametrize(("first", "inside"), [("verein", True), ("amt", False), ("hausamt", True)])
def test_only_who_is_in_a_house_leads_to_its_rooms(tmp_path: Path, first: str, inside: bool) -> None:
    project = made(
        tmp_path,
        {
            "resources/providers/verein.yml": "name: Verein\nkind: non-profit\n",
            "resources/providers/kreis.yml": "name: Kreis\nkind: non-profit\n",
            "resources/offices/amt.yml": OFFICE,
            "resources/offices/hausamt.yml": f"{OFFICE}place: haus\n",
            "resources/places/haus.yml": "name: Haus\nkind: nachbarschaftshaus\nspaces: [nord]\n"
            f"providers: [verein, kreis]\nfirst_contact: {first}\n",
        },
    )
    assert project.contexts, project.found
    body = str(place_pages.render(project.contexts[0], "haus").body)
    assert "Hier fangen Sie an" in body
    assert ("an die richtige Stelle im Haus" in body) == inside
