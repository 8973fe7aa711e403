"""The pack for a meeting: what changed since the last one, what is missed, what is to decide, and nothing that is only planned counts."""

from pathlib import Path

import pytest
from lxml import html
from markupsafe import Markup

from generator.derive.masking import published
from generator.model.known import Known
from generator.pipeline.build import Project, prepare
from generator.render.figures import missing_offers
from generator.render.figures.missing_offers import gaps_in, known_text
from generator.render.pages import coverage_pages, reports_home
from generator.subjects.meetings import page as meeting
from tests.budget_town import CONFIG, TODAY, read, town

GROUP = """name: AG Nord
kind: ag-78
spaces: [nord]
members: [verein]
moderator: Koordination
meets: {every: 6 weeks, last: 2026-06-01, next: 2026-12-10, decide: [Feiern wir ein Fest?]}
"""
MINUTES = """name: AG Nord im Oktober
network: ag
date: 2026-10-01
decisions:
- {what: Die Schule fragen., who: Verein, due: 2026-10, measure: nachmittag}
- {what: Einladen., status: done, result: Alle waren da.}
"""
BEFORE = """name: AG Nord im August
network: ag
date: 2026-08-01
decisions:
- {what: Alte Sache., due: 2027}
- {what: Erledigtes., status: done}
"""
MEASURE = """name: Ein Nachmittag
need: Es fehlt ein Nachmittag.
spaces: [nord]
topics: [ganztag]
owner: verein
costs: [{name: Personal, amount: 1200, every: year}]
"""
NEED = """name: Ein Nachmittag im Norden
spaces: [nord]
topics: [ganztag]
ages: 6-9
named: [{half_year: 2026-1, source: families, times: 6}]
"""


def offer(name: str, space: str, more: str) -> str:
    return f"name: {name}\nsummary: Für Kinder.\nkind: gruppe\nprovider: verein\nspaces: [{space}]\ntopics: [ganztag]\nages: 6-9\n{more}"


FILES = {
    "site_config.yml": CONFIG + "overlay: ../intern\n",
    "resources/providers/verein.yml": "name: Verein\nkind: non-profit\n",
    "resources/networks/ag.yml": GROUP,
    "resources/measures/nachmittag.yml": MEASURE,
    "resources/offers/neu.yml": offer("Neue Gruppe", "nord", "from: 2026-11-01\n"),
    "resources/offers/aelter.yml": offer("Ältere Gruppe", "nord", "from: 2026-07-15\n"),
    "resources/offers/geplant.yml": offer("Geplante Gruppe", "nord", "from: 2027-01-01\nstatus: planned\n"),
    "resources/offers/anderswo.yml": offer("Gruppe im Süden", "sued", "from: 2026-11-01\n"),
}


def shown(folder: Path, more: dict[str, str] | None = None, *, internal: bool = False) -> html.HtmlElement:
    files = {**FILES, **(more or {})}
    project = prepare(town(folder / "stadt", files), TODAY, internal=internal)
    assert project.contexts, project.found
    return html.fromstring(f"<main>{meeting.render(project.contexts[0], 'ag').body}</main>")


def text(part: html.HtmlElement) -> str:
    return " ".join(part.text_content().replace("\u00a0", " ").split())


def below(page: html.HtmlElement, heading: str) -> str:
    """Return what stands between a heading and the next."""
    parts = page.xpath(f"//h2[@id='{heading}']/following-sibling::*")
    found = []
    for part in parts:
        if part.tag == "h2":
            break
        found.append(text(part))
    return " ".join(found)


def with_overlay(folder: Path) -> Path:
    for name, content in {
        "minutes/oktober.yml": MINUTES,
        "minutes/august.yml": BEFORE,
        "needs/nachmittag.yml": NEED,
    }.items():
        path = folder / "intern" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def test_what_changed_counts_from_the_last_meeting_that_is_known(tmp_path: Path) -> None:
    public = shown(tmp_path / "a")
    assert (
        text(public.xpath("//h2[@id='geaendert']")[0]) == "Geändert seit dem letzten Treffen am 1. Juni 2026"
    )
    told = below(public, "geaendert")
    assert "Neue Gruppe" in told
    assert "Ältere Gruppe" in told
    assert "Gruppe im Süden" not in told
    inside = shown(with_overlay(tmp_path / "b"), internal=True)
    assert text(inside.xpath("//h2[@id='geaendert']")[0]).endswith("am 1. Oktober 2026")
    assert "Ältere Gruppe" not in below(inside, "geaendert")


def test_a_group_without_a_known_meeting_looks_back_a_while(tmp_path: Path) -> None:
    page = shown(tmp_path, {"resources/networks/ag.yml": GROUP.replace("last: 2026-06-01, ", "")})
    assert text(page.xpath("//h2[@id='geaendert']")[0]) == "Geändert seit dem 21. September 2026"


def test_what_is_planned_is_no_offer(tmp_path: Path) -> None:
    page = shown(tmp_path)
    (row,) = page.xpath("//table[@id='quartiere']/tbody/tr")
    assert [text(cell) for cell in row][:3] == ["Nord", "2", "–"]
    assert "Geplant 1.1.2027: Geplante Gruppe" in below(page, "geaendert")


def test_what_the_group_wrote_down_is_decided_first(tmp_path: Path) -> None:
    page = shown(with_overlay(tmp_path), internal=True)
    decisions = [text(item) for item in page.xpath("//h2[@id='entscheiden']/following-sibling::ol[1]/li")]
    assert decisions == [
        "Feiern wir ein Fest?ja nein vertagt",
        "Noch gewollt? Die Schule fragen.Verabredet am 1. Oktober 2026, fällig Oktober 2026.ja nein vertagt",
    ]


COMMITTEE = "name: Ausschuss\nkind: jha\nmeets: {every: 6 weeks, next: 2026-12-03}\n"
AGAIN = "status: running\ndecisions: [{{by: jha, date: 2025-12-03, result: limited, until: 2026-12-31}}, {{by: jha, date: {day}}}]\n"


@pytest.mark.parametrize(
    ("key", "measure", "asked"),
    [
        ("ag", MEASURE + "decisions: [{by: jha, date: 2026-12-03}]\n", ""),
        ("ag", MEASURE + "decisions: [{by: ag, date: 2026-12-03}]\n", "Beschließen? Ein Nachmittag"),
        ("jha", MEASURE + "decisions: [{by: jha, date: 2026-12-03}]\n", "Beschließen? Ein Nachmittag"),
        ("jha", MEASURE + AGAIN.format(day="2026-12-03"), "Beschließen? Ein Nachmittag"),
        ("jha", MEASURE + AGAIN.format(day="2027-12-03"), ""),
    ],
)
def test_a_group_is_asked_what_is_entered_for_it_by_the_day_it_meets(
    tmp_path: Path, key: str, measure: str, asked: str
) -> None:
    files = {
        **FILES,
        "resources/measures/nachmittag.yml": measure,
        "resources/networks/jha.yml": COMMITTEE,
    }
    context = prepare(town(tmp_path / "stadt", files), TODAY).contexts[0]
    said = text(html.fromstring(f"<main>{meeting.render(context, key).body}</main>"))
    assert ("Ein Nachmittag" in said.partition("Was endet, wann")[0]) == bool(asked)
    assert asked in said


def test_the_last_meeting_is_told_whole_and_earlier_ones_where_they_are_open(tmp_path: Path) -> None:
    page = shown(with_overlay(tmp_path), internal=True)
    assert text(page.xpath("//h2[@id='verabredet']")[0]) == "Verabredet am 1. Oktober 2026"
    rows = [text(row) for row in page.xpath("//h2[@id='verabredet']/following-sibling::ul[1]/li")]
    assert rows == [
        "Die Schule fragen. Ein Nachmittagüberfällig · Verein · bis Oktober 2026",
        "Alte Sache.offen · bis 2027",
        "Einladen.erledigt: Alle waren da.",
    ]
    assert "Erledigtes" not in text(page)


def test_nothing_of_minutes_and_needs_stands_on_the_public_pack(tmp_path: Path) -> None:
    said = text(shown(with_overlay(tmp_path)))
    assert "Die Schule fragen" not in said
    assert "Ein Nachmittag im Norden" not in said


def test_a_gap_that_somebody_misses_comes_first(tmp_path: Path) -> None:
    """Advice lacks that most areas have; an afternoon, which few have, only where somebody misses it."""
    more = {
        f"resources/offers/rat-{space}.yml": offer(f"Rat {space}", space, "")
        .replace("[ganztag]", "[schulden]")
        .replace("ages: 6-9", "ages: 18+")
        for space in ("sued", "mitte")
    }
    more |= {f"resources/offers/{key}.yml": offer(key, "sued", "") for key in ("neu", "aelter", "geplant")}
    missing_offers = shown(tmp_path / "a", more).xpath("//h2[@id='luecken']/following-sibling::ol[1]/li")
    assert [text(gap.find("strong")).split(" (")[0] for gap in missing_offers] == ["Geld"]
    inside = shown(with_overlay(tmp_path / "b"), more, internal=True)
    first = inside.xpath("//h2[@id='luecken']/following-sibling::ol[1]/li")[0]
    assert text(first).startswith(
        "Betreuung (6 bis 9 Jahre): keins verzeichnet Nord (anderswo in 1 von 2 Gebieten verzeichnet)"
    )
    assert text(first).endswith("Genannter Bedarf: Ein Nachmittag im Norden")


def test_what_is_missed_at_an_unusual_age_is_a_gap_beside_what_is_missed_at_a_usual_one(
    tmp_path: Path,
) -> None:
    folder = with_overlay(tmp_path)
    older = NEED.replace("Ein Nachmittag im Norden", "Abends für Ältere").replace("6-9", "19-26")
    (folder / "intern/needs/abends.yml").write_text(older, "utf-8")
    more = {f"resources/offers/{key}.yml": offer(key, "sued", "") for key in ("neu", "aelter", "geplant")}
    gaps = shown(folder, more, internal=True).xpath("//h2[@id='luecken']/following-sibling::ol[1]")[0]
    assert "Ein Nachmittag im Norden" in text(gaps)
    assert "Abends für Ältere" in text(gaps)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (MINUTES.replace("2026-10-01", "2026-11-21"), "sitzung-in-zukunft", 3),
        (MINUTES, "verabredung-ueberfaellig", 5),
        (MINUTES.replace("due: 2026-10,", "due: 2026-11-19,"), "verabredung-ueberfaellig", 5),
        (MINUTES.replace("network: ag", "network: rat"), "unbekannter-verweis", 2),
    ],
)
def test_what_is_wrong_with_minutes_is_told(tmp_path: Path, text: str, code: str, line: int) -> None:
    path = "resources/minutes/oktober.yml"
    found = [
        (item.code, item.position.line)
        for item in read(town(tmp_path, {**FILES, path: text}))[1]
        if item.position.file == path
    ]
    assert (code, line) in found


def test_minutes_of_today_with_what_is_due_this_month_are_sound(tmp_path: Path) -> None:
    path = "resources/minutes/oktober.yml"
    sound = MINUTES.replace("2026-10-01", "2026-11-20").replace("due: 2026-10", "due: 2026-11")
    found = [item for item in read(town(tmp_path, {**FILES, path: sound}))[1] if item.position.file == path]
    assert found == []


def test_what_minutes_of_an_area_note_of_refuges_is_asked_about_and_masked(tmp_path: Path) -> None:
    """Whatever the answer, the public site has it not."""
    path = "resources/minutes/oktober.yml"
    noted = (
        MINUTES + "- {what: Ausbau des Frauenhauses beraten.}\ntopics: [Ausbau des Frauenhauses, Ferien]\n"
    )
    reading, found = read(town(tmp_path, {**FILES, path: noted}))
    asked = [item.position.line for item in found if item.code == "zuflucht-vielleicht"]
    assert asked == [7, 8]
    assert reading.site is not None
    minutes = published(reading.site).records("minutes")["oktober"]
    assert minutes.topics == ("Ferien",)
    assert [item.what for item in minutes.decisions] == ["Die Schule fragen.", "Einladen."]


def test_a_gap_is_told_only_for_ages_that_a_situation_has(tmp_path: Path) -> None:
    """A group for babies that happens to take children up to nine is no reason to look for babies of seven."""
    baby = offer("Baby", "sued", "").replace("[ganztag]", "[baby]").replace("ages: 6-9", "ages: 0-9")
    more = {
        f"resources/offers/baby-{space}.yml": baby.replace("[sued]", f"[{space}]")
        for space in ("sued", "mitte")
    }
    missing_offers = shown(tmp_path, more).xpath("//h2[@id='luecken']/following-sibling::ol[1]/li")
    about = [text(gap) for gap in missing_offers if text(gap.find("strong")).startswith("Baby")]
    assert about
    assert "9 Jahre" not in about[0]


def test_a_missing_refuge_is_called_a_matter_of_the_land_where_protection_is_a_subject(
    demo: Project, tmp_path: Path
) -> None:
    """The town's table has a row for it; packs and areas have none."""
    context = demo.contexts[0]
    said = str(coverage_pages.render(context, "auenstedt").body)
    assert "Gewalthilfegesetz das Land" in said
    assert "(Stand 24. Februar 2025)" in said.replace("\u00a0", " ")
    others = (
        coverage_pages.render_index(context, "").body,
        coverage_pages.render(context, "suederaue").body,
        text(shown(tmp_path)),
    )
    assert not [body for body in others if "Gewalthilfegesetz" in str(body)]


def test_who_was_asked_is_said_with_shares_where_it_is_known(tmp_path: Path) -> None:
    more = NEED + "- {half_year: 2026-1, source: professionals, times: 2}\n"
    folder = with_overlay(tmp_path)
    (folder / "intern/needs/nachmittag.yml").write_text(
        more.replace("named: [{half_year: 2026-1, source: families, times: 6}]", "named:\n- {half_year: 2026-1, source: families, times: 6}"),
        "utf-8",
    )  # fmt: skip
    assert "Familien 6 (75 %), Fachkräfte 2 (25 %)" in text(shown(folder, internal=True))
    assert "Wer gefragt wurde, steht hier nicht" in text(shown(tmp_path / "b"))


def test_what_was_named_in_another_area_is_not_counted_here(tmp_path: Path) -> None:
    """A need of two areas says where it was named; the pack of one of them has nothing of the other."""
    folder = with_overlay(tmp_path)
    named = "- {half_year: 2026-1, source: families, times: 6, space: nord}\n- {half_year: 2025-2, source: groups, times: 30, space: sued}\n"
    need = NEED.replace("[nord]", "[nord, sued]").replace(
        "named: [{half_year: 2026-1, source: families, times: 6}]\n", f"named:\n{named}"
    )
    (folder / "intern/needs/nachmittag.yml").write_text(need, "utf-8")
    said = text(shown(folder, internal=True))
    assert (
        "seit 1. Halbjahr 2026: Familien 6 (100 %), Fachkräfte 0 (0 %) und Gruppen und Gremien 0 (0 %)"
        in said
    )


def test_elsewhere_is_no_area_inside(demo: Project) -> None:
    """Of the twelve quarters six lie in the two spaces that are asked about."""
    found = gaps_in(demo.contexts[0], ("suederaue", "heidkamp"))
    assert found
    assert {gap.others for gap in found} == {6}


def test_nothing_is_recorded_only_where_nothing_is(demo: Project) -> None:
    """What is for the whole town, or doesn't say for whom it is, is there all the same."""
    context = demo.contexts[0]
    assert known_text(context, Known()) == "keins verzeichnet"
    assert known_text(context, Known(unsaid=("a", "b"))) == "unklar: 2 sagen nicht, für wen"
    assert known_text(context, Known(town=("a",))) == "nur für die ganze Stadt: 1 Angebot"
    both = known_text(context, Known(town=("a",), unsaid=("b",)))
    assert both == "unklar: 1 sagt nicht, für wen; für die ganze Stadt: 1 Angebot"


def test_the_whole_town_is_counted_once_and_has_the_gaps_of_its_areas(demo: Project) -> None:
    """The pack, the page of the town and the home of reports say one number; the town isn't compared with its own parts."""
    context = demo.contexts[0]
    running = len(context.facts.running - context.facts.coverage.aids)
    assert len(context.facts.coverage.areas["auenstedt"]) == running
    pack = str(meeting.render(context, "jugendhilfeausschuss").body)
    assert f"Gezählt sind {running} laufende Angebote" in pack.replace("\u00a0", " ")
    assert missing_offers.completeness_of(context, ("auenstedt",)).startswith(
        missing_offers.counted_text(context)
    )
    assert "Was es in den meisten Gebieten gibt, ist auch hier" not in pack
    widest = gaps_in(context, context.facts.compared)[0]
    name = coverage_pages.gap_name(context, widest).striptags()
    assert name in Markup(pack).striptags()
    assert name in Markup(reports_home.render(context, "").body).striptags()


def test_a_sheet_begins_with_what_is_there_and_holds_promises_and_figures(demo: Project) -> None:
    context = demo.contexts[0]
    page = html.fromstring(f"<main>{meeting.render(context, 'ag-78-suederaue').body}</main>")
    heads = [head.get("id") for head in page.xpath("//h2[@id]")]
    assert heads.index("traegt") < heads.index("zusage") < heads.index("luecken")
    said = text(page)
    for title in ("Einfach hingehen:", "Treffpunkte:", "Was andere geben können:"):
        assert title in said
    (check, *_more) = context.facts.coverage.rules["ag-78-suederaue"]
    assert f"Offen an {check.days} Tagen der Woche." in said
    assert "nach den Einträgen am" in said
    rows = {
        text(row.find("th")): [text(cell) for cell in row.iter("td")]
        for row in page.xpath("//table[@id='stadt']/tbody/tr")
    }
    assert list(rows) == ["Auenstedt", "Marktviertel", "Lindenhof", "Kirchkoppel"]
    series = context.facts.series["kinder-sgb2"]
    kirchkoppel = series.comparison("kirchkoppel")
    assert kirchkoppel is not None
    assert kirchkoppel.verdict == "lower"
    assert any(cell.startswith("10,9 ▼") for cell in rows["Kirchkoppel"])


def test_a_group_without_promises_doors_or_figures_has_no_headings_for_them(tmp_path: Path) -> None:
    page = shown(tmp_path)
    assert page.xpath("//h2[@id='zusage']") == []
    assert page.xpath("//table[@id='stadt']") == []
