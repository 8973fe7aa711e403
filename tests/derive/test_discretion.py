"""One sensitive offer of every kind is planted and hunted for in every convenience; refuges and groups tell neither when nor where."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from generator.mkdocs_plugin import write_site
from generator.model.site import Site
from generator.pipeline.build import Project, build_site, prepare
from generator.render.base.context import Context
from generator.render.data_files.search_entries import directory_order
from generator.render.directory.filters import _row as _directory_row
from generator.subjects.casework.page import _row
from tests.chance import whole
from tests.edit.towns import write_town

TODAY = dt.date(2026, 11, 20)
GRAVE = "haeusliche-gewalt"
# The planted offers' own words, in no other text of the site.
MARK = "Zwiebelfisch"
AREA, WHEN = "Kranichwinkel", "16:17"

CONFIG = """
languages: [de, en]
"""
OFFER = """\
name: {mark} {number}
summary: Hier sind wir für Sie da.
kind: {kind}
provider: verein
place: {place}
spaces: [west]
topics: [{topic}]
ages: 12-21
access: {{way: open}}
hours: Mo-Su 16:17-17:43
hours_note: Bitte läuten Sie um 16:17 Uhr.
translations: {{en: {{hours_note: Ring the bell at 16:17.}}}}
dates: [{{date: 2026-11-24, from: 16:17, to: 17:43, name: Abend}}]
capacity: {{places: 9, free: 3, date: 2026-11-18}}
alert: {{text: Heute neu., until: 2026-11-29, closed: no}}
contact: {{phone: 040 66969-{phone}}}
from: 2026-11-10
checked: 2026-11-18
cost: free
"""


def planted(site: Site) -> dict[str, tuple[str, str]]:
    """Every kind that is sensitive by itself, and every other one with a topic of violence."""
    return {
        f"pflanze-{kind.id}": (kind.id, "erziehungsfragen" if kind.sensitivity == "sensitive" else GRAVE)
        for kind in site.words.kinds.values()
        # Houses that hide people are no offers, and neither are groups after violence.
        if kind.form is None and (kind.sensitivity == "sensitive" or not kind.meets)
    }


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """A small town with one sensitive offer of each kind at an open house, and one ordinary offer beside them, built."""
    root = tmp_path_factory.mktemp("verschwiegen")
    write_town(root)
    config = root / "site_config.yml"
    config.write_text(config.read_text("utf-8").replace("languages: [de]\n", "") + CONFIG, "utf-8")
    west = root / "resources" / "spaces" / "west.yml"
    west.write_text(west.read_text("utf-8").replace("name: West", f"name: {AREA}"), "utf-8")
    start = prepare(root, TODAY)
    assert start.site is not None
    for number, (key, (kind, topic)) in enumerate(planted(start.site).items()):
        text = OFFER.format(
            mark=MARK, number=number, kind=kind, place="treff", topic=topic, phone=100 + number
        )
        if start.site.words.kinds[kind].place_visibility != "full":
            text = re.sub("(?:place|dates): .*\n", "", text)  # an open house is an error there
        (root / "resources" / "offers" / f"{key}.yml").write_text(text, "utf-8")
    ordinary = (
        OFFER.format(
            mark="Gewöhnlich", number=1, kind="treff", place="treff", topic="erziehungsfragen", phone=99
        )
        .replace("66969-99", "66969-099")
        .replace("16:17", "16:18")
    )
    (root / "resources" / "offers" / "gewoehnlich.yml").write_text(ordinary, "utf-8")
    project = prepare(root, TODAY)
    assert project.site is not None, [item for item in project.found if item.severity == "error"]
    target = root / "site"
    build_site(project, target, write_site)
    assert (target / "index.html").is_file()
    return project, target


def page(target: Path, path: str) -> str:
    return (target / path / "index.html").read_text("utf-8")


def block(html: str, start: str, end: str) -> str:
    found = re.search(start + "(.*?)" + end, html, re.DOTALL)
    return found[1] if found else ""


def conveniences(target: Path) -> dict[str, str]:
    """Every output that hands offers on unasked or lets them be kept, by name."""
    home = page(target, "")
    found = {
        "calendars": "".join(path.read_text("utf-8") for path in target.rglob("*.ics")),
        "open doors": block(home, 'data-today="', "</section>"),
        "news on the first page": block(home, 'id="neu"', "</section>"),
        "front door for professionals": page(target, "fachkraefte"),
        "blank sheets": "".join(
            path.read_text("utf-8") for path in target.glob("fachkraefte/blaetter/**/index.html")
        )
        + "Gewöhnlich",  # names no offer at all
        "weekly sheet": page(target, "fachkraefte/tipps-und-themen"),
        "young people today": block(page(target, "fuer-dich"), 'data-today="', "</main>"),
        "frames": "".join(path.read_text("utf-8") for path in target.glob("einbetten/**/*.html")),
        "own list": "".join(path.read_text("utf-8") for path in target.rglob("eintraege-*.json")),
        "cards to keep": "".join(
            card
            for path in target.rglob("index.html")
            for card in re.findall(r'<li class="nr-card" data-id="[^"]*" data-keep=', path.read_text("utf-8"))
        ).replace('data-id="gewoehnlich"', "Gewöhnlich"),
        "offline copies": "".join(
            (target / name / "index.html").read_text("utf-8")
            for pack in target.rglob("offline.json")
            for name in json.loads(pack.read_text("utf-8"))["files"]
            if name.startswith("angebote/pflanze")
        ),
        "weeks and their posters": "".join(
            path.read_text("utf-8") for path in target.rglob("diese-woche/index.html")
        ),
        "what is on in an area": "".join(
            block(path.read_text("utf-8"), 'id="woche"', "</section>")
            for path in target.glob("sozialraeume/*/index.html")
        ),
        "nearby": "".join(
            block(path.read_text("utf-8"), 'id="nah"', "</ul>")
            for path in target.glob("angebote/*/index.html")
        ),
    }
    times = json.loads((target / "angebote" / "zeiten.json").read_text("utf-8"))
    found["open now"] = json.dumps(times["hours"])
    return found


@whole
def test_the_hunt_finds_the_ordinary_offer_everywhere(town: tuple[Project, Path]) -> None:
    """What the hunt can't find it can't miss: the ordinary offer stands in every one of these places."""
    there = conveniences(town[1])
    assert {
        name: "Gewöhnlich" in text
        for name, text in there.items()
        if name not in ("open now", "offline copies", "nearby")
    } == {name: True for name in there if name not in ("open now", "offline copies", "nearby")}
    assert "978" in there["open now"]  # 16:18 in minutes, the ordinary offer's own time
    assert (town[1] / "angebote" / "gewoehnlich" / "termine.ics").is_file()
    packs = [
        json.loads(path.read_text("utf-8"))["files"] for path in town[1].glob("sozialraeume/*/offline.json")
    ]
    assert any("angebote/gewoehnlich/" in files for files in packs)


@pytest.mark.guards(
    "Privacy: a visit keeps nothing; list and offline use start by a click, end by a tap, refuse crisis entries"
)
def test_no_sensitive_offer_of_any_kind_is_in_a_convenience(town: tuple[Project, Path]) -> None:
    project, target = town
    assert project.site is not None
    assert project.facts is not None
    there = conveniences(target)
    found: dict[str, list[str]] = {}
    for key in planted(project.site):
        assert project.facts.offers[key].sensitive, key
        name = re.escape(project.site.offers[key].name)
        for place, text in there.items():
            if re.search(rf"{name}\b", text) or f"{key}/" in text or f'"{key}"' in text:
                found.setdefault(place, []).append(key)
        html = page(target, f"angebote/{key}")
        for sign in (
            "data-qr",
            "data-remember",
            "data-share",
            "termine.ics",
            "hoursAvailable",
            '"Event"',
            'id="nah"',
        ):
            if sign in html:
                found.setdefault(sign, []).append(key)
    assert found == {}


def test_address_books_and_calendars_of_a_choice_hold_none_of_them(town: tuple[Project, Path]) -> None:
    """A place's entry names the house alone; what a browser makes of a choice, and may keep, needs a schedule and a leave to be kept."""
    project, target = town
    assert project.site is not None
    assert project.facts is not None
    cards = "".join(path.read_text("utf-8") for path in target.rglob("kontakt.vcf"))
    assert "FN:" in cards
    assert MARK not in cards
    directory = json.loads((target / "angebote" / "verzeichnis.json").read_text("utf-8"))
    order = directory_order(Context(project.site, project.facts, "de"))
    steps = [ord(letter) for letter in directory["unkept"]]
    assert len(steps) >= len(planted(project.site))
    rows = [_directory_row(Context(project.site, project.facts, "de"), key) for key in order]
    for key, row in zip(order, rows, strict=True):
        if key in planted(project.site):
            assert not row.kept, key
            assert row.schedule == "", key
    assert any(row.kept and row.schedule for row in rows)


def test_the_workspace_of_professionals_hands_none_of_them_on(town: tuple[Project, Path]) -> None:
    """Handouts, files and the family's view show what the directory's file calls `kept` and nothing else; its page names no offer."""
    project, target = town
    assert project.site is not None
    assert project.facts is not None
    file = json.loads((target / "fachkraefte" / "fall" / "angebote.json").read_text("utf-8"))
    order = directory_order(Context(project.site, project.facts, "de"))
    context = Context(project.site, project.facts, "de")
    column = [_row(context, key) for key in order]
    listed = [_directory_row(context, key) for key in order]
    assert file["size"] == len(order)
    hidden = {key for key, row in zip(order, listed, strict=True) if not row.kept}
    assert hidden == {key for key in planted(project.site) if key in order}
    assert len(hidden) > 30
    # What is about violence stands beside the ladder, but for what an office decides on and what is a claim.
    about = {key for key, (_kind, topic) in planted(project.site).items() if topic == GRAVE}
    shelves = {row.shelf for key, row in zip(order, column, strict=True) if key in about}
    assert shelves == {"protection", "hze", "claim"}
    assert WHEN not in json.dumps(file, ensure_ascii=False)
    for key, row in zip(order, listed, strict=True):
        if key in planted(project.site) and planted(project.site)[key][0] in DISCREET:
            assert row.waiting == "", key
    html = page(target, "fachkraefte/fall")
    assert MARK not in html.replace(custody(html), "")


def custody(html: str) -> str:
    """Where a child is taken in tonight: a number that stands in the procedure and in nothing that is handed on."""
    return block(html, "data-case-protect", "</section>")


def test_nothing_sensitive_is_among_what_is_open_now(town: tuple[Project, Path]) -> None:
    """16:17 is when the planted offers begin: a schedule with it would make one of them open, or open on a day."""
    times = json.loads((town[1] / "angebote" / "zeiten.json").read_text("utf-8"))
    assert "977" not in json.dumps(times["hours"])
    assert (
        sum(1 for schedule in times["hours"] if schedule is not None) == 2
    )  # the ordinary one and Krabbelgruppe


DISCREET = {
    "schutz", "inobhutnahme-42", "gruppe-nach-gewalt", "gruppe", "kurs", "treff", "selbsthilfe", "familienbildung", "ferien", "patenschaft", "verein",
}  # fmt: skip


def test_a_refuge_may_say_that_its_telephone_is_answered_day_and_night(demo: Project) -> None:
    assert demo.site is not None
    refuge = demo.site.offers["zuflucht-wegwarte"]
    assert refuge.hours is not None
    assert refuge.hours.written == "24/7"


def test_talks_of_both_sides_and_help_for_those_who_hit(demo: Project) -> None:
    assert demo.site is not None
    assert demo.facts is not None
    facts = demo.facts
    assert facts.offers["familienrat-auenstedt"].with_violence == "off"
    there = facts.relations.offers_by_topic[GRAVE]
    assert there[-1] == "anders-handeln"
    assert there[0] != "anders-handeln"
    lists = [
        key
        for name, keys in facts.lists.items()
        if name.dimension == "thema"
        for key in keys
        if demo.site.words.is_grave(name.value)
    ]
    assert not [key for key in lists if facts.offers[key].with_violence == "off"]


@pytest.mark.guards("Help and hours: help of the last layer is what the office decides on, and nothing else")
def test_who_decides_on_help_is_who_is_named_in_the_ladder(demo: Project) -> None:
    """§ 36a Abs. 1 SGB VIII: what an office decides on is a help of the last layer, and nothing else is."""
    assert demo.site is not None
    kinds = demo.site.words.kinds
    assert {key for key, kind in kinds.items() if kind.layer == "hze"} == {
        key for key, kind in kinds.items() if kind.access == "decision"
    }
    assert kinds["hze-28"].layer == "infrastructure"
    assert kinds["hze-28"].access == "direct"
    assert kinds["hze-28"].legal_basis is not None
    assert kinds["hze-28"].legal_basis.paragraph == "28"
